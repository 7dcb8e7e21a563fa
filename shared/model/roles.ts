/** Each role may do what the ones before it may; `anyone` is a session in which nobody has signed in. */
export const roles = ['anyone', 'packer', 'supervisor', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Whether somebody with role `has` may make a call that needs role `needs`. */
export function roleAllows(has: Role, needs: Role): boolean {
  return roles.indexOf(has) >= roles.indexOf(needs);
}

/** Shares of a whole in proportion to `weights`, which add up to it exactly. */
export function shares(wholeMinor: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return weights.map((_, index) => (index === 0 ? wholeMinor : 0));
  let before = 0;
  let given = 0;
  return weights.map((weight) => {
    before += weight;
    const upTo = Math.round((wholeMinor * before) / total);
    const share = upTo - given;
    given = upTo;
    return share;
  });
}

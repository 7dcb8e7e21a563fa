// zod compiles schemas with `new Function`, which the page's content policy forbids and reports as a breach.
// It reads this choice when a schema is made, so this module is the first import of the page.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });

export {};

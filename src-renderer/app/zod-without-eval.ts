import * as z from 'zod';

// zod compiles object schemas with `new Function` where it can. The policy of the window lets no text become code, so it must not try.
z.config({ jitless: true });

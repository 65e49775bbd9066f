/** JSON as the companion prints it. Numbers may be fractions here: nothing of it is hashed or signed. */
export type JsonNumberValue = null | boolean | number | string | readonly JsonNumberValue[] | { readonly [key: string]: JsonNumberValue };

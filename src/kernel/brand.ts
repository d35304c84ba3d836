declare const brand: unique symbol;

/** A `T` that only its parser may mint, so that an unchecked `T` cannot take its place. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

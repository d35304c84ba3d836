/** Compares by code unit, not by locale: the order of what is printed must not depend on the machine that prints it. */
export const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

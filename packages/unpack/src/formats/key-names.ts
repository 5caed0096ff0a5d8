/** Keys of a store are no paths: what would make one of them is written as a percent sign and a number. */
export function fileNameOfKey(key: string): string {
  if (/^\.{0,2}$/.test(key)) return `%${key}`
  return key.replaceAll('/', '%2f')
}

/** What `seq FIRST LAST` prints: the contents of many fixtures. */
export function lines(first: number, last: number): string {
  return Array.from({ length: last - first + 1 }, (_, index) => `${first + index}\n`).join('')
}

/** A version below this one, with as many characters: the first number above 0 is one less. */
export function olderVersion(version: string): string | undefined {
  const number = [...version.matchAll(/\d+/g)].find(([digits]) => BigInt(digits) > 0n)
  if (!number) return undefined
  const [digits] = number
  const less = String(BigInt(digits) - 1n).padStart(digits.length, '0')
  return version.slice(0, number.index) + less + version.slice(number.index + digits.length)
}

/** Another name of as many characters, of letters and digits only where the old one has them. */
export function otherName(name: string): string {
  const at = name.search(/[A-Za-z0-9][^A-Za-z0-9]*$/)
  if (at < 0) return 'x'.repeat(Math.max(1, name.length))
  return name.slice(0, at) + (name[at] === 'X' ? 'Y' : 'X') + name.slice(at + 1)
}

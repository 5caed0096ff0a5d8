/** A shell pattern as an expression; `*`, `?`, `[…]`. No backtracking traps: runs of `*` become one. */
export function patternOf(pattern: string): RegExp | undefined {
  if (pattern.length > 256) return undefined
  let source = ''
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at] as string
    if (character === '*') {
      while (pattern[at + 1] === '*') at++
      source += '[^/]*'
    } else if (character === '?') source += '[^/]'
    else if (character === '[') {
      const end = pattern.indexOf(']', at + 2)
      const inside = pattern.slice(at + 1, end)
      if (end < 0 || !/^[\w!^-]+$/.test(inside) || /\w-\W|\W-\w/.test(inside.slice(1))) source += '\\['
      else {
        source += `[${inside.replace(/^[!^]/, '^')}]`
        at = end
      }
    } else source += character.replace(/[^\w\s/]/, '\\$&')
  }
  try {
    return new RegExp(`^${source}$`, 's')
  } catch {
    return undefined
  }
}

export function isPattern(text: string): boolean {
  return /[*?[]/.test(text)
}

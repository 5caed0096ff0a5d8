/** Words that name no product. */
const COMMON = new Set(
  'linux gnu android the and for device router localhost local default none unknown null true false version release image generic system product model board inc ltd gmbh corp corporation technologies technology company limited name test'.split(
    ' ',
  ),
)
const LONGEST_VALUE = 64
const LONGEST_WORD = 32

/** The words of a value: itself where it is one, without what stands between its parts, and the parts. */
export function wordsOf(value: string): readonly string[] {
  const text = value.trim()
  if (text.length === 0 || text.length > LONGEST_VALUE || /[^\x20-\x7e]|[$`%{}<>]/.test(text)) return []
  const parts = text.split(/[\s_\-./:,;()+]+/)
  const together = parts.join('')
  return [...new Set([...(/\s/.test(text) ? [] : [text]), together, ...parts])].filter(isWord)
}

function isWord(word: string): boolean {
  return (
    word.length >= 3 && word.length <= LONGEST_WORD && /[a-z]/i.test(word) && !COMMON.has(word.toLowerCase())
  )
}

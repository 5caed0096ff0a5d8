/** What a text of LVM holds: numbers, texts, lists and sections. */
export type Value = number | string | readonly Value[] | Section
export interface Section {
  readonly [name: string]: Value
}

const TOKEN = /\s+|#[^\n]*|[{}[\]=,]|"(?:[^"\\]|\\.)*"|[^\s{}[\]=,"#]+/y
const MOST_DEPTH = 16

/** Reads a text to its end; undefined for what is none. One pass. */
export function parseConfig(text: string): Section | undefined {
  const tokens = tokensOf(text)
  if (!tokens) return undefined
  const state = { tokens, at: 0 }
  const section = parseSection(state, 0)
  return section && state.at === tokens.length ? section : undefined
}

interface State {
  readonly tokens: readonly string[]
  at: number
}

function tokensOf(text: string): readonly string[] | undefined {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at
    const [token] = TOKEN.exec(text) ?? []
    if (token === undefined) return undefined
    if (!/^[\s#\0]/.test(token)) tokens.push(token)
  }
  return tokens
}

/** Up to its closing brace, which stays, or the end. */
function parseSection(state: State, depth: number): Section | undefined {
  const found = new Map<string, Value>()
  while (state.at < state.tokens.length && state.tokens[state.at] !== '}') {
    const name = state.tokens[state.at++] as string
    const next = state.tokens[state.at++]
    if (next === '{') {
      const inner = depth < MOST_DEPTH ? parseSection(state, depth + 1) : undefined
      if (!inner || state.tokens[state.at++] !== '}') return undefined
      found.set(name, inner)
    } else if (next === '=') {
      const value = parseValue(state, depth)
      if (value === undefined) return undefined
      found.set(name, value)
    } else return undefined
  }
  return Object.fromEntries(found)
}

function parseValue(state: State, depth: number): Value | undefined {
  const token = state.tokens[state.at++]
  if (token === undefined || /^[{}\]=,]$/.test(token)) return undefined
  if (token.startsWith('"')) return token.slice(1, -1)
  if (token !== '[') return /^-?\d+(?:\.\d+)?$/.test(token) ? Number(token) : token
  const list: Value[] = []
  while (state.at < state.tokens.length && state.tokens[state.at] !== ']') {
    if (state.tokens[state.at] === ',') state.at++
    else {
      const value = depth < MOST_DEPTH ? parseValue(state, depth + 1) : undefined
      if (value === undefined) return undefined
      list.push(value)
    }
  }
  return state.tokens[state.at++] === ']' ? list : undefined
}

export function sectionOf(value: Value | undefined): Section | undefined {
  return typeof value === 'object' && !Array.isArray(value) ? (value as Section) : undefined
}

export function listOf(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? value : []
}

/** Undefined for what is no count. */
export function countOf(value: Value | undefined): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined
}

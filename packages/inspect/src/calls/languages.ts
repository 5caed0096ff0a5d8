/** What a reader of calls has to know of a language; the rest is the same for all of them. */
export interface Language {
  readonly name: 'javascript' | 'lua' | 'php' | 'python'
  /** What begins a comment up to the end of the line. */
  readonly lineComments: readonly string[]
  /** What begins and ends a comment of several lines. */
  readonly blockComments: readonly (readonly [open: string, close: string])[]
  /** Joins two strings. */
  readonly concatenation: readonly string[]
  /** Stands between a value and what belongs to it. */
  readonly access: readonly string[]
  /** Words that stand in front of a name that gets a value. */
  readonly declarations: ReadonlySet<string>
}

const NONE: ReadonlySet<string> = new Set()

export const LANGUAGES: Readonly<Record<Language['name'], Language>> = {
  lua: {
    name: 'lua',
    lineComments: ['--'],
    blockComments: [['--[[', ']]']],
    concatenation: ['..'],
    access: ['.', ':'],
    declarations: new Set(['local']),
  },
  javascript: {
    name: 'javascript',
    lineComments: ['//'],
    blockComments: [['/*', '*/']],
    concatenation: ['+'],
    access: ['.'],
    declarations: new Set(['var', 'let', 'const']),
  },
  python: {
    name: 'python',
    lineComments: ['#'],
    blockComments: [],
    concatenation: ['+'],
    access: ['.'],
    declarations: NONE,
  },
  php: {
    name: 'php',
    lineComments: ['//', '#'],
    blockComments: [['/*', '*/']],
    concatenation: ['.'],
    access: ['->', '::'],
    declarations: new Set(['const', 'static', 'public', 'private', 'protected', 'var']),
  },
}

const BY_EXTENSION: Readonly<Record<string, Language['name']>> = {
  lua: 'lua',
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  py: 'python',
  php: 'php',
}

/** The language of a script, by its name or its first line. */
export function languageOf(path: string, firstLine: string): Language | undefined {
  const interpreter = /^#!.*\b(lua|node|nodejs|python|php)[\w.-]*/.exec(firstLine)?.[1]
  switch (interpreter) {
    case 'lua':
    case 'python':
    case 'php':
      return LANGUAGES[interpreter]
    case 'node':
    case 'nodejs':
      return LANGUAGES.javascript
    case undefined: {
      const name = BY_EXTENSION[/\.(\w+)$/.exec(path)?.[1] ?? '']
      return name && LANGUAGES[name]
    }
    default:
      return undefined
  }
}

/** A part of a word, as it is before anything is put in. */
export type Part =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  | { readonly kind: 'variable'; readonly name: string; readonly quoted: boolean; readonly fallback?: Word }
  /**
   * Command substitutions and arithmetic: what comes out is not known, unless the host can tell.
   * `script` is what a substitution runs, and `offset` where that begins, in characters from the start of the script.
   */
  | { readonly kind: 'computed'; readonly text: string; readonly script?: string; readonly offset?: number }

export type Word = readonly Part[]

/** Where standard output goes (`out`), or standard input comes from. */
export interface Redirection {
  readonly way: 'in' | 'out'
  readonly target: Word
}

/** A simple command. */
export interface Command {
  readonly kind: 'command'
  readonly assignments: readonly { readonly name: string; readonly value: Word }[]
  readonly words: readonly Word[]
  readonly redirections: readonly Redirection[]
  readonly text: string
  /** Characters from the start of the script. */
  readonly offset: number
}

export interface Branch {
  readonly test: Node
  readonly body: Node
}

/** A script, parsed; what is not understood is left out. */
export type Node =
  | Command
  | { readonly kind: 'list'; readonly items: readonly Node[] }
  | { readonly kind: 'pipe'; readonly items: readonly Node[] }
  | { readonly kind: 'and' | 'or'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'not' | 'background' | 'subshell'; readonly body: Node }
  | { readonly kind: 'if'; readonly branches: readonly Branch[]; readonly otherwise?: Node }
  | { readonly kind: 'while' | 'until'; readonly test: Node; readonly body: Node }
  | {
      readonly kind: 'for'
      readonly name: string
      readonly words: readonly Word[] | undefined
      readonly body: Node
    }
  | {
      readonly kind: 'case'
      readonly word: Word
      readonly arms: readonly { readonly patterns: readonly Word[]; readonly body: Node }[]
    }
  | { readonly kind: 'function'; readonly name: string; readonly body: Node }

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluateScript, exploreScript, type Host } from './evaluate.ts'
import { parseScript } from './parse.ts'
import { patternOf } from './pattern.ts'

/** A system with these files; everything below `/tmp` is open. */
function hostOf(files: Readonly<Record<string, string>> = {}): Host {
  return {
    exists: (path) => (path.startsWith('/tmp') ? undefined : Object.hasOwn(files, path)),
    glob: (pattern) =>
      Object.keys(files)
        .filter((path) => patternOf(pattern)?.test(path))
        .sort(),
    source: (path) => files[path],
  }
}

function told(
  text: string,
  files?: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): readonly string[] {
  return evaluateScript(text, '/s', args, hostOf(files)).map(
    ({ words, conditions, background }) =>
      `${conditions.map((one) => `(${one}) `).join('')}${words.join(' ')}${background ? ' &' : ''}`,
  )
}

describe('a script that is followed', () => {
  it('knows variables, defaults, quotes and fields', () => {
    expect(told(`A="x y"; B=$A; run "$B" $B \${C:-d} '$A' \\$A`)).toEqual(['run x y x y d $A $A'])
    expect(told('run $UNKNOWN "$(cmd) z" `cmd`')).toEqual(['run $UNKNOWN $() z $()'])
    expect(told('A=1\nunset A\nrun "$A" $A')).toEqual(['run '])
  })

  it('knows arguments', () => {
    expect(told('run $1 $# "$@"; shift; run $1', {}, ['a', 'b'])).toEqual(['run a 2 a b', 'run b'])
    expect(told('f() { run $1; }; f x; run $1', {}, ['a'])).toEqual(['run x', 'run a'])
  })

  it('decides what the image decides, and leaves the rest open', () => {
    expect(told('[ -f /a ] && one; [ -f /b ] && two; [ -f /tmp/c ] && three', { '/a': '' })).toEqual([
      'one',
      '([ -f /tmp/c ]) three',
    ])
    expect(told('if [ "$M" = x ]; then a; elif [ 1 = 1 ]; then b; else c; fi')).toEqual([
      '([ "$M" = x ]) a',
      '(! [ "$M" = x ]) b',
    ])
    expect(told('[ -f /a ] || exit 0; never')).toEqual([])
    expect(told('[ -f /tmp/a ] || exit 0; later')).toEqual(['([ -f /tmp/a ]) later'])
    expect(told('[ ! -d /a -o -n "" ] && a; [ -z "" -a 3 -gt 2 ] && b; test 1 -le 0 && c')).toEqual([
      'a',
      'b',
    ])
  })

  it('forgets what it cannot know any more', () => {
    expect(told('A=1; [ -f /tmp/x ] && A=2; run $A')).toEqual(['run $A'])
    expect(told('read A; run $A; for A in $B; do run $A; done')).toEqual(['run $A', '(for A in $B) run $A'])
  })

  it('goes through loops, cases and patterns', () => {
    expect(
      told('for i in a b; do run $i; done; for i in /e/S*; do run $i; done', { '/e/S1': '', '/e/K1': '' }),
    ).toEqual(['run a', 'run b', 'run /e/S1'])
    expect(told('case abc in a*|x) one;; *) two;; esac; case $U in y) three;; esac')).toEqual([
      'one',
      '($U = y) three',
    ])
    expect(told('while false; do a; done; until [ 1 = 1 ]; do b; done; while :; do c; done')).toEqual(['c'])
  })

  it('calls functions, sources files, and ends where they end', () => {
    expect(told('. /lib; go', { '/lib': 'go() { run; return; never; }' })).toEqual(['run'])
    expect(told('f() { [ -f /tmp/x ] || return; run; }; f; after')).toEqual(['([ -f /tmp/x ]) run', 'after'])
    expect(told('( exit 1 ); run; exec last; never')).toEqual(['run', 'last'])
    expect(told('f() { exit; }; f; never')).toEqual([])
  })

  it('knows comments, here-documents, redirections, pipes and the background', () => {
    expect(told('a # b\ncat <<E > /x\nb\nE\nc 2>&1 >/dev/null <in & d | e; f &>/log')).toEqual([
      'a',
      'cat',
      'c &',
      'd',
      'e',
      'f &',
    ])
  })

  it('explores what it could do: with any arguments, in functions that nobody calls, in substitutions', () => {
    const explored = (text: string, files: Readonly<Record<string, string>> = {}) => {
      const host = { ...hostOf(files), output: (words: readonly string[]) => files[words.join(' ')] }
      return exploreScript(text, '/s', host).runs.map(
        ({ words, conditions }) => `${conditions.map((one) => `(${one}) `).join('')}${words.join(' ')}`,
      )
    }
    expect(explored('[ -z "$1" ] && exit 1; run $1 $#; case "$2" in a) one;; esac')).toEqual([
      '(! [ -z "$1" ]) run $1 $#',
      '(! [ -z "$1" ]) ($2 = a) one',
    ])
    expect(explored('f() { run $1 $A; }; g() { f x; }; A=1')).toEqual(['run $1 1', 'run x 1'])
    expect(explored('A=$(uci get x); run $A "$(other)"', { 'uci get x': 'v' })).toEqual([
      'uci get x',
      'other',
      'run v $()',
    ])
  })

  it('tells redirections, pipes, calls, and what ends the script when it fails', () => {
    const files = { '/lib': 'get() { wget -O "$2" "$1"; }' }
    const { runs, files: gone } = exploreScript(
      '. /lib\nset -e\nget http://a /x || exit 1\ncat < /x > /dev/mtd0 | sh',
      '/s',
      hostOf(files),
    )
    expect(gone).toEqual(['/s', '/lib'])
    expect(runs).toMatchObject([
      {
        words: ['wget', '-O', '/x', 'http://a'],
        file: '/lib',
        offset: 8,
        calls: ['get http://a /x'],
        isFatal: false,
      },
      { words: ['cat'], reads: ['/x'], writes: ['/dev/mtd0'], pipe: { id: 0, stage: 0 }, isFatal: true },
      { words: ['sh'], pipe: { id: 0, stage: 1 } },
    ])
    expect(runs[1]?.conditions).toEqual(['get http://a /x'])
  })

  it('ends for any text, within bounds', () => {
    const piece = fc.constantFrom(
      ...'if|then|fi|else|;|\n|"|\'|<<E\n|case x in|a)|;;|esac|{|}|\\|$A|A=$A$A|#|&&|f(){|f|for i in a b|do|done|while :|$(|`|(|)|. /s|exit|*'.split(
        '|',
      ),
      '|',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 80 }), (pieces) => {
        const text = pieces.join(' ')
        parseScript(text)
        expect(evaluateScript(text, '/s', [], hostOf({ '/s': text })).length).toBeLessThanOrEqual(2_000)
        expect(exploreScript(text, '/s', hostOf({ '/s': text })).runs.length).toBeLessThanOrEqual(2_000)
      }),
      { numRuns: 300 },
    )
  })

  it('stands structures that are nested deeply, and scripts that call themselves', () => {
    expect(told('('.repeat(5_000))).toEqual([])
    expect(told(`${'if true; then '.repeat(500)}run`).length).toBeLessThanOrEqual(1)
    expect(told('f() { run; f; f; f; }; f').length).toBeLessThanOrEqual(2_000)
    expect(
      told(
        'A=xxxxxxxx; while :; do A=$A$A$A$A; A=$A$A$A$A; done; for i in $A; do for j in $A; do run; done; done',
      ).length,
    ).toBeGreaterThan(0)
  })
})

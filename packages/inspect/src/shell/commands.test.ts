import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readShell } from './commands.ts'

const told = (text: string) =>
  readShell(text).map(({ words, conditional }) => `${conditional ? '? ' : ''}${words.join(' ')}`)

describe('a shell script', () => {
  it('is split into commands, with places', () => {
    const [first, second] = readShell('#!/bin/sh\n\ntelnetd -l /bin/sh; echo "a;b"\n')
    expect(first).toMatchObject({
      words: ['telnetd', '-l', '/bin/sh'],
      offset: 11,
      line: 3,
      conditional: false,
    })
    expect(second?.words).toEqual(['echo', 'a;b'])
  })

  it('has no commands in comments and here-documents', () => {
    expect(told('# telnetd\necho a # telnetd\ncat <<EOF\ntelnetd\nEOF\necho b\n')).toEqual([
      'echo a',
      'cat',
      'echo b',
    ])
  })

  it('runs nothing behind exit, and nothing of what is never true', () => {
    expect(told('echo a\nexit 0\ntelnetd\n')).toEqual(['echo a'])
    expect(told('if false; then\n telnetd\nfi\necho b')).toEqual(['echo b'])
    expect(told('if false; then telnetd; else echo c; fi')).toEqual(['? echo c'])
  })

  it('says what runs on a condition', () => {
    expect(told('if [ -f /tmp/x ]; then\n telnetd\nfi')).toEqual(['? [ -f /tmp/x ]', '? telnetd'])
    expect(told('test -x /bin/y && telnetd')).toEqual(['test -x /bin/y', '? telnetd'])
    expect(told('debug() {\n telnetd\n}\nstart() {\n httpd\n}')).toEqual(['? telnetd', 'httpd'])
    expect(told('start() { telnetd; }\ndebug()\n{\n telnetd\n}\nhttpd')).toEqual([
      'telnetd',
      '? telnetd',
      'httpd',
    ])
    expect(told('case "$1" in\nstart)\n telnetd\n;;\nstop)\n killall telnetd\n;;\nesac')).toEqual(['telnetd'])
  })

  it('puts in variables that are set to a literal', () => {
    expect(told(`U=http://x.example/f\nwget $U \${U}.sig $OTHER`)).toEqual([
      'wget http://x.example/f http://x.example/f.sig $OTHER',
    ])
  })

  it('knows pipes and continuations', () => {
    expect(readShell('wget -O - x \\\n y | sh').map(({ words, piped }) => ({ words, piped }))).toEqual([
      { words: ['wget', '-O', '-', 'x', 'y'], piped: true },
      { words: ['sh'], piped: false },
    ])
  })

  it('ends for any text', () => {
    const piece = fc.constantFrom(
      'if ',
      'fi',
      ';',
      '\n',
      '"',
      "'",
      '<<E\n',
      'case x in',
      'a)',
      ';;',
      'esac',
      '{',
      '}',
      '\\',
      '$A',
      'A=$A$A',
      '#',
      '|',
      '&&',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        for (const { offset } of readShell(pieces.join(''))) expect(offset).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})

import { latin1 } from '@messlatte/bytes'
import type { Artefact } from '../../contract.ts'
import { readEnvironment } from './environment.ts'
import type { UBootFact } from './facts.ts'

/** Stands in every program: `U-Boot 2023.01 (Jan 09 2023 - 16:07:33 +0000)`, `U-Boot SPL 2023.01-rc1`. */
export const VERSION_LITERALS = ['U-Boot 20', 'U-Boot SPL 20'] as const
const VERSION = /^U-Boot (?:SPL )?(20\d\d\.\d\d[\w.+~-]{0,60}) \(/
/** Bytes before and behind the version in which a program's sentences lie; programs have 0.3 to 3 MiB. */
const REACH = 2 * 1024 * 1024
/** Versions that are looked at; an image has the first program and U-Boot itself, perhaps twice. */
const MOST_VERSIONS = 16

// include/image.h and boot/ of U-Boot: each sentence is compiled in with what it belongs to.
const SENTENCES = {
  verifiesFits: 'Failed to verify required signature',
  startsLegacy: '## Booting kernel from Legacy Image',
  anyKey: 'Hit any key to stop autoboot',
  keyed: ['Autoboot in %d seconds', 'Press SPACE to abort autoboot'],
} as const
/** Something that boots: a text that only speaks of U-Boot has none of these. */
const PROGRAM = ['bootm', 'bootdelay', 'Trying to boot from', 'SPL: ', 'autoboot']

/** The U-Boot in an artefact, or undefined where only its name stands. */
export function readProgram({
  bytes,
  hits,
}: Artefact): { readonly offset: number; readonly fact: UBootFact } | undefined {
  const versions: { readonly at: number; readonly version: string }[] = []
  for (const { offset } of hits.slice(0, MOST_VERSIONS)) {
    const version = VERSION.exec(latin1(bytes.view(offset, Math.min(100, bytes.size - offset))))?.[1]
    // In an environment or a log, something printable stands before it.
    const before = offset === 0 ? 0 : (bytes.view(offset - 1, 1)[0] as number)
    if (version !== undefined && (before < 0x20 || before > 0x7e)) versions.push({ at: offset, version })
  }
  const [first] = versions
  if (!first) return undefined
  const from = Math.max(0, first.at - REACH)
  const text = latin1(bytes.view(from, Math.min(bytes.size - from, 2 * REACH)))
  if (!PROGRAM.some((word) => text.includes(word)) || !text.includes('\0')) return undefined
  const keyed = SENTENCES.keyed.some((sentence) => text.includes(sentence))
  return {
    offset: first.at,
    fact: {
      versions: [...new Set(versions.map(({ version }) => version))],
      verifiesFits: text.includes(SENTENCES.verifiesFits),
      startsLegacy: text.includes(SENTENCES.startsLegacy),
      interrupted: keyed ? 'keyed' : text.includes(SENTENCES.anyKey) ? 'any-key' : undefined,
      environment: builtIn(text, from),
    },
  }
}

/** The environment that is compiled in: `name=value` strings, one NUL after each, two at the end. */
function builtIn(text: string, from: number): UBootFact['environment'] {
  const at = text.search(/\0boot(?:cmd|delay|args)=/)
  if (at < 0) return undefined
  let start = at
  for (;;) {
    const before = text.lastIndexOf('\0', start - 1)
    const line = text.slice(before + 1, start)
    if (before < 0 || !/^[A-Za-z_][\w.-]*=/.test(line) || at - before > MOST_ENVIRONMENT) break
    start = before
  }
  const end = text.indexOf('\0\0', at)
  if (end < 0 || end - start > MOST_ENVIRONMENT) return undefined
  return readEnvironment(text.slice(start + 1, end), '\0', from + start + 1)
}

const MOST_ENVIRONMENT = 64 * 1024

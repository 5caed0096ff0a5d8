import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { factsView } from '../../engine/reduce.ts'
import { runChecks, testArtefact } from '../../testing.ts'
import { followBoots } from './graph.ts'
import { bootCheck } from './index.ts'

interface Labelled {
  readonly name: string
  /** Command to `always`, or to a part of the condition on which it starts. */
  readonly starts: ReadonlyMap<string, string>
  readonly files: readonly (readonly [path: string, content: string])[]
}

/**
 * A file of labelled boots. `## NAME` begins one; `> COMMAND` or `? CONDITION > COMMAND` says what starts, nothing else may;
 * `== PATH` begins a file, `== PATH -> TARGET` is a link, `== PATH *` a program.
 */
function labelled(kind: string): readonly Labelled[] {
  const folder = new URL(`./fixtures/${kind}/`, import.meta.url)
  return readdirSync(folder).flatMap((file) =>
    readFileSync(new URL(file, folder), 'utf8')
      .split(/^## /m)
      .slice(1)
      .map((block) => readBlock(file, block)),
  )
}

function readBlock(file: string, block: string): Labelled {
  const [head = '', ...parts] = block.split(/^== /m)
  const [name = '', ...lines] = head.split('\n')
  const starts = new Map(
    lines.flatMap((line): [string, string][] => {
      const match = /^(?:\? (.*?) )?> (.*)$/.exec(line)
      return match ? [[match[2] ?? '', match[1] ?? 'always']] : []
    }),
  )
  const files = parts.map((part): [string, string] => {
    const end = part.indexOf('\n')
    return [part.slice(0, end < 0 ? undefined : end), end < 0 ? '' : part.slice(end + 1)]
  })
  return { name: `${file}: ${name}`, starts, files }
}

function artefactOf([head, content]: readonly [string, string]) {
  const [path = '', target] = head.split(' -> ')
  const program = /^(.*) \*$/.exec(path)?.[1]
  const inner = (program ?? path).slice(1)
  if (target !== undefined) return testArtefact(inner, '', { type: 'symlink', target })
  return testArtefact(inner, program === undefined ? content : '\x7fELF\0', {
    mode: program !== undefined || content.startsWith('#!') ? 0o755 : 0o644,
  })
}

function bootOf({ files }: Labelled): ReadonlyMap<string, string> {
  const { facts } = runChecks([bootCheck], files.map(artefactOf))
  const [boot] = followBoots(factsView(facts))
  return new Map(
    (boot?.services ?? []).map(({ words, conditions }) => [
      words.join(' '),
      conditions.length === 0 ? 'always' : conditions.join(' and '),
    ]),
  )
}

describe.each(['positive', 'negative', 'near-miss'])('boots that are labelled (%s)', (kind) => {
  it.each(labelled(kind))('$name', (boot) => {
    const found = bootOf(boot)
    expect([...found.keys()].toSorted()).toEqual([...boot.starts.keys()].toSorted())
    for (const [command, when] of boot.starts) {
      if (when === 'always') expect(found.get(command), command).toBe('always')
      else expect(found.get(command), command).toContain(when)
    }
  })
})

it('there are at least 60 of them', () => {
  expect(['positive', 'negative', 'near-miss'].flatMap(labelled).length).toBeGreaterThanOrEqual(60)
})

import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { UpdateMechanism } from '@messlatte/model'
import type { Artefact } from '../../contract.ts'
import { type TestRun, testArtefact } from '../../testing.ts'

/** The files of a folder as those of one file system; programs are executable. */
export function systemArtefacts(folder: URL): readonly Artefact[] {
  const top = fileURLToPath(folder)
  return readdirSync(top, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => {
      const content = readFileSync(path)
      const isProgram =
        content.subarray(0, 2).toString() === '#!' || content.subarray(0, 4).toString('latin1') === '\x7fELF'
      return testArtefact(relative(top, path).replaceAll('\\', '/'), content, {
        mode: isProgram ? 0o755 : 0o644,
      })
    })
}

export function mechanismsOf(run: TestRun): readonly UpdateMechanism[] {
  return run.facts
    .filter((fact) => fact.kind === 'update.mechanism')
    .map(({ data }) => data as UpdateMechanism)
}

/** Mechanisms in short: `rauc: source https://… @ etc/rauc/system.conf:7`; open parts as one line. */
export function inShort(run: TestRun): readonly string[] {
  return mechanismsOf(run).flatMap(({ client, parts, open }) => [
    ...parts.map(
      ({ id, statement, path, line, polarity }) =>
        `${client} ${id}${polarity === 'neutral' ? '' : ` ${polarity}`}: ${statement.en} @ ${path.replace(/^[^/]*\//, '')}${line === null ? '' : `:${line}`}`,
    ),
    ...(open.length > 0 ? [`${client} open: ${open.map(({ id }) => id).join(' ')}`] : []),
  ])
}

/** What is wrong with the parts that a check gave: a test wants none of it. */
export function partFaults(run: TestRun): readonly string[] {
  const stated = new Set(run.evidence.map(({ kind, place }) => `${kind} ${place.path} ${place.offset}`))
  return mechanismsOf(run).flatMap(({ client, parts }) =>
    parts.flatMap(({ id, statement, path, offset, evidence }) => [
      ...(stated.has(`${evidence} ${path} ${offset}`)
        ? []
        : [`${client} ${id}: no ${evidence} at ${path} ${offset}`]),
      ...(/^\S.*\.$/.test(statement.en) && /^\S.*\.$/.test(statement.de)
        ? []
        : [`${client} ${id}: ${statement.en}`]),
    ]),
  )
}

import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { readResult } from '@messlatte/exchange'
import type { Text } from '@messlatte/model'
import type { Finding } from '@messlatte/portfolio'
import { CliError } from '../errors.ts'
import { assessProject } from '../project.ts'
import { readTextFile, refuseProblems } from '../text-file.ts'
import { isPack } from './pack.ts'

const MOST_RESULT = 400 * 1024 * 1024
const MOST_ENTRIES = 20_000

export interface Results {
  readonly findings: readonly Finding[]
  /** What was passed over, and why. */
  readonly notes: readonly Text[]
}

/**
 * What a folder knows about releases: results of `check --json` (`*.json`) and conformity folders (with a `project.json`), in it and
 * in the folders right below. One that cannot be read is told and costs no other.
 */
export function readResults(folder: string, asOf: string): Results {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new CliError('not-found', {
      en: `--results ${folder}: is no folder`,
      de: `--results ${folder}: ist kein Ordner`,
    })
  const findings: Finding[] = []
  // A conformity folder knows more about its releases than a result that lies beside it: it comes last, and counts.
  const folders: Finding[] = []
  const notes: Text[] = []
  const take = (name: string, into: Finding[], read: () => Finding) => {
    try {
      into.push(read())
    } catch (error) {
      if (!(error instanceof CliError)) throw error
      if (statSync(name).isFile() && isPack(name)) {
        notes.push(packNote(name))
        return
      }
      notes.push({
        en: `${name} is passed over: ${error.text.en}`,
        de: `${name} wird übergangen: ${error.text.de}`,
      })
    }
  }
  const walk = (path: string, depth: number): void => {
    if (existsSync(join(path, 'project.json'))) {
      take(path, folders, () => fromProject(path, asOf))
      return
    }
    const names = readdirSync(path).sort()
    if (names.length > MOST_ENTRIES)
      throw new CliError('bad-file', {
        en: `${path}: holds more than ${MOST_ENTRIES} entries`,
        de: `${path}: enthält mehr als ${MOST_ENTRIES} Einträge`,
      })
    for (const name of names) {
      const inner = join(path, name)
      const stat = statSync(inner, { throwIfNoEntry: false })
      if (stat?.isDirectory() && depth > 0) walk(inner, depth - 1)
      else if (stat?.isFile() && name.endsWith('.json')) take(inner, findings, () => fromResult(inner))
    }
  }
  walk(folder, 1)
  return { findings: [...findings, ...folders], notes }
}

/** What a pack says is not taken for a result: its files have not been looked at here. */
function packNote(name: string): Text {
  return {
    en: `${name} is an evidence pack, which is what its signer claims, and closes nothing; check the firmware itself, or hand the pack in with messlatte request --returned`,
    de: `${name} ist ein Evidenzpaket, also eine Behauptung dessen, der es signiert hat, und klärt nichts; die Firmware selbst prüfen oder das Paket mit messlatte request --returned einreichen`,
  }
}

function fromResult(path: string): Finding {
  const { images, evidence, partial, product, traits } = refuseProblems(() =>
    readResult(path, readTextFile(path, MOST_RESULT)),
  )
  return {
    name: path,
    digests: images.map(({ sha256 }) => sha256),
    model: product.model,
    version: product.firmware,
    evidence,
    partial,
    traits,
    claims: [],
    decisions: [],
  }
}

/** A conformity folder is one finding: its claims and decisions are about all of its results together. */
function fromProject(folder: string, asOf: string): Finding {
  const project = assessProject(folder, asOf, undefined)
  if (project.assessment.catalogue.id !== 'en303645-2020')
    throw new CliError('bad-file', {
      en: `it stands over ${project.assessment.catalogue.id}; a plan stands over the edition of 2020`,
      de: `er steht über ${project.assessment.catalogue.id}; ein Plan steht über der Ausgabe von 2020`,
    })
  const { model, firmware } = project.file.product
  return {
    name: folder,
    digests: project.results.flatMap(({ images }) => images.map(({ sha256 }) => sha256)),
    model,
    version: firmware,
    evidence: project.evidence,
    partial: project.partial,
    traits: project.file.traits,
    claims: project.claims,
    decisions: project.decisions,
  }
}

import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { TEST_CASES } from '@messlatte/conformity'
import type { Attachment, Decision, Waiver } from '@messlatte/model'
import { CliError, cannotBeWritten } from '../errors.ts'
import { parseDay, today } from '../options.ts'
import { assessProject, type Project } from '../project.ts'

interface Signed {
  readonly rule: string
  readonly by: string
  readonly reason: string
  readonly until: string
  readonly on?: string
}

export interface DecideFlags extends Signed {
  readonly verdict: Decision['verdict']
  readonly method?: string
  readonly attach?: readonly string[]
}

export interface WaiveFlags extends Signed {
  readonly model?: string
  readonly hardware?: string
  readonly firmware?: string
}

/** Adds a decision to a project folder, bound to the evidence that there is now; it takes none away. */
export function decideCommand(folder: string, about: string, flags: DecideFlags): number {
  const days = readDays(flags)
  const project = assessProject(folder, days.on, undefined)
  const subject = subjectOf(about, flags.rule, project)
  const attachments = (flags.attach ?? []).map((id) => attachmentOf(id, project))
  const decision: Decision = {
    id: randomUUID(),
    ...subject,
    rule: flags.rule,
    verdict: flags.verdict,
    by: flags.by,
    ...days,
    reason: flags.reason,
    ...(flags.method !== undefined && { method: flags.method }),
    ...(attachments.length > 0 && { attachments }),
    evidence: project.evidenceOn(subject.provision),
  }
  append(join(folder, 'decisions.json'), decision)
  return 0
}

/** Adds a waiver to a project folder: it is told beside the verdict, and changes none. */
export function waiveCommand(folder: string, about: string, flags: WaiveFlags): number {
  const days = readDays(flags)
  const { case: testCase, provision } = subjectOf(
    about,
    flags.rule,
    assessProject(folder, days.on, undefined),
  )
  if (testCase !== undefined)
    throw new CliError('bad-option', {
      en: `${about}: a waiver is for a provision or a requirement, not for a test case`,
      de: `${about}: eine Ausnahme gilt für eine Anforderung, nicht für einen Prüffall`,
    })
  const { model = null, hardware = null, firmware = null, rule, by, reason } = flags
  const waiver: Waiver = {
    id: randomUUID(),
    provision,
    rule,
    scope: { model, hardware, firmware },
    by,
    ...days,
    reason,
  }
  append(join(folder, 'waivers.json'), waiver)
  return 0
}

function readDays(flags: Signed): { readonly on: string; readonly until: string } {
  const on = flags.on === undefined ? today('UTC') : parseDay('--on', flags.on)
  const until = parseDay('--until', flags.until)
  if (until < on)
    throw new CliError('bad-option', {
      en: `--until ${until}: lies before the day of the decision, ${on}`,
      de: `--until ${until}: liegt vor dem Tag der Entscheidung, ${on}`,
    })
  for (const name of ['by', 'reason'] as const)
    if (flags[name].trim() === '')
      throw new CliError('bad-option', {
        en: `--${name}: must not be empty`,
        de: `--${name}: darf nicht leer sein`,
      })
  return { on, until }
}

/** `5.7-1`, a test case `5.7-1-2`, a unit of it `5.7-1-2a`, or what the rule asks in its own numbering: `CCK-3`. */
function subjectOf(
  about: string,
  rule: string,
  { assessment, requirements }: Project,
): Pick<Decision, 'provision' | 'case' | 'unit'> {
  const rules = ['baseline', ...assessment.profiles.map(({ id }) => id)]
  if (!rules.includes(rule))
    throw new CliError('bad-option', {
      en: `--rule ${rule}: is no rule of this project; there are ${rules.join(', ')}`,
      de: `--rule ${rule}: ist keine Regel dieses Projekts; es gibt ${rules.join(', ')}`,
    })
  if (assessment.provisions.some(({ id }) => id === about)) return { provision: about }
  if (requirements.some((one) => one.rule === rule && one.id === about)) return { provision: about }
  const [, id = '', unit] = /^(.*-\d+)([a-z])?$/.exec(about) ?? []
  const testCase = TEST_CASES[assessment.catalogue.id].find((one) => one.id === id)
  if (!testCase)
    throw new CliError('bad-option', {
      en: `${about}: is no provision, test case or unit (5.7-1-2a) of ${assessment.catalogue.id}, and ${rule} asks for nothing of this name`,
      de: `${about}: ist keine Anforderung, kein Prüffall und kein Prüfschritt (5.7-1-2a) von ${assessment.catalogue.id}, und ${rule} verlangt nichts unter diesem Namen`,
    })
  if (unit !== undefined && testCase.units !== null && unit.charCodeAt(0) - 96 > testCase.units)
    throw new CliError('bad-option', {
      en: `${about}: ${id} has ${testCase.units} units`,
      de: `${about}: ${id} hat ${testCase.units} Prüfschritte`,
    })
  return { provision: testCase.provision, case: id, ...(unit !== undefined && { unit }) }
}

function attachmentOf(id: string, { documents }: Project): Attachment {
  const found = documents.find((one) => one.id === id)
  if (!found)
    throw new CliError('bad-option', {
      en: `--attach ${id}: is no document of documents.json`,
      de: `--attach ${id}: ist kein Dokument aus documents.json`,
    })
  if (found.found === null)
    throw new CliError('not-found', {
      en: `--attach ${id}: its file is not there`,
      de: `--attach ${id}: seine Datei ist nicht da`,
    })
  return { document: id, sha256: found.found }
}

function append(path: string, one: Decision | Waiver): void {
  const before = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as readonly unknown[]) : []
  try {
    writeFileSync(path, `${JSON.stringify([...before, one], null, 2)}\n`)
  } catch (cause) {
    throw new CliError('not-writable', cannotBeWritten(path), cause)
  }
  process.stdout.write(`${one.id}\n`)
}

import {
  BUNDLE_LIMITS,
  type BundleFile,
  writeBundle,
  writeJunit,
  writeProjectXlsx,
  writeTestPlanXlsx,
} from '@messlatte/exchange'
import type { Language } from '@messlatte/model'
import {
  declaration,
  TECHNICAL_FILE_RULE,
  technicalFile,
  testPlan,
  writeDocx,
  writePdf,
} from '@messlatte/report'
import { attestations, TOOL_AND_VERSION } from '../attestations.ts'
import { CliError } from '../errors.ts'
import { parseDay } from '../options.ts'
import { output } from '../output.ts'
import { paperInput, readActs } from '../papers.ts'
import { assessProject, type Project } from '../project.ts'
import { projectFiles } from '../project-files.ts'
import { projectJson } from '../project-json.ts'
import { projectSarif } from '../project-sarif.ts'
import { readSigningKey } from '../signing-key.ts'
import { refuseProblems } from '../text-file.ts'

export interface BundleFlags {
  readonly key: string
  readonly output: string
  readonly under?: string
  readonly with?: string
  readonly asOf?: string
  readonly lang: Language
}

/** Signs a project folder, its assessment and its documents as one archive. */
export async function bundleCommand(folder: string, flags: BundleFlags): Promise<number> {
  const key = readSigningKey(flags.key)
  const acts = flags.under === undefined ? [] : readActs(flags.under)
  const also = readWith(flags.with)
  const asOf = flags.asOf === undefined ? undefined : parseDay('--as-of', flags.asOf)
  const project = assessProject(folder, asOf, undefined, [...new Set([TECHNICAL_FILE_RULE, ...acts])])
  const files = [
    ...projectFiles(folder, project.file.profiles, BUNDLE_LIMITS.bytes),
    ...(await reports(folder, project, flags.lang)),
    ...also.map((form) => machineReport(form, folder, project, flags.lang)),
    ...(acts.length === 0
      ? []
      : await onPaper('declaration', declaration(paperInput(folder, project), acts, flags.lang))),
    { name: 'README.txt', content: Buffer.from(README[flags.lang]) },
  ]
  const { assessment, file } = project
  const about = {
    product: file.product,
    asOf: assessment.asOf,
    tool: TOOL_AND_VERSION,
    rules: [assessment.catalogue, ...assessment.profiles].map(({ id, version, digest }) => ({
      id,
      version,
      digest,
    })),
  }
  output(
    flags.output,
    refuseProblems(() => writeBundle(files, about, key)),
  )
  return 0
}

const MACHINE_FORMS = ['sarif', 'junit'] as const
type MachineForm = (typeof MACHINE_FORMS)[number]

function readWith(value: string | undefined): readonly MachineForm[] {
  const names = value === undefined ? [] : [...new Set(value.split(',').map((name) => name.trim()))]
  return names.map((name) => {
    const form = MACHINE_FORMS.find((one) => one === name)
    if (form !== undefined) return form
    throw new CliError('bad-option', {
      en: `--with ${name}: must be ${MACHINE_FORMS.join(' or ')}, or both with a comma between`,
      de: `--with ${name}: muss ${MACHINE_FORMS.join(' oder ')} sein, oder beide mit Komma dazwischen`,
    })
  })
}

/** What code hosts and CI servers read; addresses are those within the archive. */
function machineReport(form: MachineForm, folder: string, project: Project, language: Language): BundleFile {
  switch (form) {
    case 'sarif':
      return {
        name: 'reports/findings.sarif',
        content: Buffer.from(projectSarif(folder, project, language, 'project')),
      }
    case 'junit':
      return {
        name: 'reports/verdicts.junit.xml',
        content: Buffer.from(writeJunit(project.assessment, language)),
      }
  }
}

async function reports(folder: string, project: Project, language: Language): Promise<readonly BundleFile[]> {
  const input = paperInput(folder, project)
  return [
    { name: 'reports/assessment.json', content: Buffer.from(projectJson(project)) },
    { name: 'reports/assessment.xlsx', content: writeProjectXlsx(project, language) },
    { name: 'reports/claims.cdx.json', content: Buffer.from(attestations(project, language)) },
    { name: 'reports/test-plan.xlsx', content: writeTestPlanXlsx(input.plan, language) },
    ...(await onPaper('test-plan', testPlan(input, language))),
    ...(await onPaper('technical-file', technicalFile(input, language))),
  ]
}

async function onPaper(
  name: string,
  document: Parameters<typeof writePdf>[0],
): Promise<readonly BundleFile[]> {
  return [
    { name: `reports/${name}.docx`, content: writeDocx(document) },
    { name: `reports/${name}.pdf`, content: await writePdf(document) },
  ]
}

const README: Readonly<Record<Language, string>> = {
  en: `A bundle of Messlatte. manifest.dsse.json is signed and names the SHA-256 of every other file.

  messlatte verify THIS.zip --trust KEY     checks all of it, without a network

project/    what the maker stated, handed in and stored: claims, documents, decisions, results
reports/    what was made of it

A signature says who, not that it is true. Documents are drafts until somebody signs them.
`,
  de: `Ein Bündel von Messlatte. manifest.dsse.json ist signiert und nennt die SHA-256 jeder anderen Datei.

  messlatte verify DIESES.zip --trust SCHLÜSSEL     prüft alles, ohne Netz

project/    was der Hersteller angegeben, eingereicht und gespeichert hat: Angaben, Dokumente, Entscheidungen, Ergebnisse
reports/    was daraus gemacht wurde

Eine Signatur sagt, wer, nicht, dass es stimmt. Dokumente sind Entwürfe, bis jemand sie unterschreibt.
`,
}

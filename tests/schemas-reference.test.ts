import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { messlatte, ROOT } from './cli.ts'

// Exports by the schemas of those who keep the forms. They are not ours to pass on: MESSLATTE_SCHEMAS names the folder that
// holds them (docs/exports.md says which files, and where each is published).

const SCHEMAS = process.env.MESSLATTE_SCHEMAS

interface Form {
  readonly ending: string
  /** The form's own schema first, then those that it refers to. */
  readonly files: readonly [string, ...string[]]
}

const FORMS: readonly Form[] = [
  { ending: '.sarif', files: ['sarif-schema-2.1.0.json'] },
  { ending: '.cdx.json', files: ['bom-1.6.schema.json', 'jsf-0.82.schema.json', 'spdx.schema.json'] },
  { ending: '.results.json', files: ['oscal_assessment-results_schema.json'] },
  { ending: '.catalog.json', files: ['oscal_catalog_schema.json'] },
  { ending: '.profile.json', files: ['oscal_profile_schema.json'] },
]

const EXAMPLES = ['router-as-found', 'router-done-right', 'sensor-with-verity'] as const
const RULE_SETS = [
  ['de-2027,eu-red-2025,eu-cra-2027,uk-psti,bsi-label', 'en'],
  ['baseline-v3,eu-cra-2027', 'de'],
] as const

function missing(): string | undefined {
  if (SCHEMAS === undefined) return 'MESSLATTE_SCHEMAS names no folder with the schemas'
  const absent = FORMS.flatMap(({ files }) => files).filter((file) => !existsSync(join(SCHEMAS, file)))
  return absent.length === 0 ? undefined : `${absent.join(', ')} not in MESSLATTE_SCHEMAS`
}

/** SARIF's schema is of draft 4; it uses nothing that later drafts read differently but the name of its id. */
function schemaIn(file: string): object {
  const { $schema, id, ...schema } = JSON.parse(readFileSync(join(SCHEMAS ?? '', file), 'utf8'))
  return $schema === 'http://json-schema.org/draft-04/schema#' ? schema : { $schema, ...schema }
}

function validatorOf([own, ...others]: Form['files']): ValidateFunction {
  const ajv = new Ajv({ strict: false, validateFormats: false })
  for (const file of others) ajv.addSchema(schemaIn(file))
  return ajv.compile(schemaIn(own))
}

describe('exports by the schemas of their standards', () => {
  const folder = mkdtempSync(join(tmpdir(), 'messlatte-schemas-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const run = (...args: string[]) => {
    const { code, err } = messlatte(args)
    if (code !== 0) throw new Error(`${args.join(' ')}: ${err}`)
  }

  beforeAll(() => {
    if (missing() !== undefined) return
    const project = join(folder, 'conformity')
    run('init', project)
    for (const example of EXAMPLES)
      for (const [rules, lang] of RULE_SETS) {
        const out = (ending: string) => join(folder, `${example}-${lang}${ending}`)
        const to = [
          '--sarif',
          out('.sarif'),
          '--cyclonedx',
          out('.cdx.json'),
          '--oscal',
          out('.results.json'),
        ]
        const saved = join(project, 'results', `${example}-${lang}.json`)
        const about = ['--as-of', '2027-01-02', '--fail-on', 'never', '--quiet', '--lang', lang]
        run('check', join(ROOT, 'examples', example), '--profile', rules, '--json', saved, ...to, ...about)
      }
    const out = (ending: string) => join(folder, `project${ending}`)
    run(
      ...['assess', project, '--fail-on', 'never', '--quiet'],
      ...['--sarif', out('.sarif'), '--cyclonedx', out('.cdx.json')],
    )
    for (const rule of ['baseline-2020', 'baseline-v3', 'eu-red-2025', 'eu-cra-2027', 'uk-psti'])
      run('oscal', 'catalog', rule, '-o', join(folder, `${rule}.catalog.json`))
    for (const rule of ['de-2027', 'bsi-label', 'eu-red-2025', 'eu-cra-2027', 'uk-psti'])
      run('oscal', 'profile', rule, '--lang', 'de', '-o', join(folder, `${rule}.profile.json`))
  }, 300_000)

  for (const { ending, files } of FORMS)
    it(`every file ${ending} is valid`, (context) => {
      const why = missing()
      if (why !== undefined) return context.skip(why)
      const validate = validatorOf(files)
      const written = readdirSync(folder).filter((name) => name.endsWith(ending))
      expect(written.length).toBeGreaterThan(4)
      for (const name of written) {
        validate(JSON.parse(readFileSync(join(folder, name), 'utf8')))
        expect(validate.errors ?? [], name).toEqual([])
      }
      expect(validate({ 'of-nobody': 1 })).toBe(false)
    })
})

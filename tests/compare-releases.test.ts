import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, describe, expect, it } from 'vitest'
import { messlatte, ROOT } from './cli.ts'

const FIXTURES = join(ROOT, 'packages/inspect/src/releases/fixtures')
const EXAMPLES = join(ROOT, 'examples')
const folder = mkdtempSync(join(tmpdir(), 'messlatte-releases-'))
afterAll(() => rmSync(folder, { recursive: true }))

const schema = (name: string) =>
  JSON.parse(readFileSync(join(ROOT, `packages/exchange/schema/${name}-1.schema.json`), 'utf8'))
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true })
ajv.addSchema(schema('result'))
const validate = ajv.compile(schema('releases'))

interface ReleasesJson {
  readonly notes: readonly string[]
  readonly worse: readonly { readonly id: string; readonly text: string }[]
  readonly update: readonly {
    readonly question: string
    readonly subject: string
    readonly answer: string
    readonly text: string
    readonly basis: string
  }[]
  readonly secrets:
    | readonly { readonly change: string; readonly kind: string; readonly name: string }[]
    | null
  readonly files: Readonly<Record<string, number>> | null
  readonly accounts: readonly { readonly subject: string; readonly change: string }[]
  readonly services: readonly { readonly name: string; readonly change: string }[]
  readonly chains: readonly unknown[]
  readonly mechanisms: readonly { readonly client: string; readonly part: string; readonly change: string }[]
  readonly findings: readonly { readonly change: string }[]
  readonly verdicts: readonly unknown[]
}

function compare(old: string, added: string, ...args: readonly string[]): ReleasesJson {
  const command = ['compare-releases', '--fail-on', 'never', '--json', '-', ...args, old, added]
  const { code, out, err } = messlatte(command)
  expect(err).toBe('')
  expect(code).toBe(0)
  const result = JSON.parse(out) as ReleasesJson
  validate(result)
  expect(validate.errors ?? []).toEqual([])
  return result
}

function saved(path: string): string {
  const file = join(folder, `${path.replaceAll(/\W/g, '-')}.json`)
  const { code, err } = messlatte(['check', '--quiet', '--fail-on', 'never', '--json', file, path])
  expect([code, err]).toEqual([0, ''])
  return file
}

const rauc = (name: string) => join(FIXTURES, `rauc/${name}.raucb`)
const answers = ({ update }: ReleasesJson) =>
  Object.fromEntries(update.map(({ question, answer }) => [question, answer]))

describe('updates of RAUC, each with the keyring that it brings', () => {
  it('under one authority are taken, and a downgrade below the least version is not', () => {
    const result = compare(rauc('old'), rauc('good'))
    expect(answers(result)).toEqual({
      signer: 'yes',
      rises: 'yes',
      hardware: 'yes',
      accepted: 'yes',
      downgrade: 'no',
    })
    expect(result.worse).toEqual([])
    expect(result.mechanisms).toMatchObject([{ client: 'rauc', part: 'rollback', change: 'changed' }])
    expect(result.secrets?.map(({ change, kind }) => `${kind} ${change}`)).toEqual([
      'account went',
      'private-key went',
    ])
    expect(result.accounts).toEqual([
      expect.objectContaining({ subject: 'root (etc/shadow)', change: 'changed' }),
    ])
    expect(messlatte(['compare-releases', '--quiet', rauc('old'), rauc('good')]).code).toBe(0)
  })

  it('with a new keyring under the old signature are taken, and do not take the old one', () => {
    expect(answers(compare(rauc('old'), rauc('rotated')))).toMatchObject({ accepted: 'yes', downgrade: 'no' })
  })

  it('of somebody else are refused', () => {
    const result = compare(rauc('old'), rauc('foreign'))
    expect(answers(result)).toMatchObject({ signer: 'no', accepted: 'no' })
    expect(result.worse.map(({ id }) => id)).toEqual(['refused'])
  })

  it('for another board are refused, whoever signed them', () => {
    const result = compare(rauc('old'), rauc('board'))
    expect(answers(result)).toMatchObject({ signer: 'yes', hardware: 'no', accepted: 'no' })
    expect(result.update.find(({ question }) => question === 'accepted')?.text).toContain('Other Board')
  })

  it('that get worse say in what, and end with 1', () => {
    const result = compare(rauc('old'), rauc('worse'))
    expect(new Set(result.worse.map(({ id }) => id))).toEqual(
      new Set(['not-rising', 'verdict', 'finding', 'service']),
    )
    expect(answers(result)).toMatchObject({ rises: 'no', accepted: 'yes', downgrade: 'yes' })
    expect(result.secrets?.map(({ change, kind }) => `${kind} ${change}`)).toEqual([
      'private-key new',
      'private-key stayed',
      'account changed',
    ])
    expect(messlatte(['compare-releases', '--quiet', rauc('old'), rauc('worse')]).code).toBe(1)
  })

  it('never come to more by saved results than these show', () => {
    const [old, good] = [saved(rauc('old')), saved(rauc('good'))]
    const result = compare(old, good)
    expect(answers(result)).toMatchObject({ signer: 'open', rises: 'yes', accepted: 'open' })
    expect([result.secrets, result.files]).toEqual([null, null])
    expect(result.notes.join(' ')).toContain('saved result')
    expect(answers(compare(old, rauc('good')))).toMatchObject({ accepted: 'open' })
  })
})

it('opkg: the same source says that it speaks against the product once nothing is verified', () => {
  const [old, added] = ['signed', 'unsigned'].map((name) => {
    const root = join(folder, name)
    mkdirSync(join(root, 'etc/opkg'), { recursive: true })
    writeFileSync(join(root, 'etc/opkg/feeds.conf'), 'src/gz core http://feeds.example.net/core\n')
    writeFileSync(
      join(root, 'etc/opkg.conf'),
      `dest root /\n${name === 'signed' ? 'option check_signature\n' : ''}`,
    )
    return root
  }) as [string, string]
  const { out } = messlatte(['compare-releases', '--fail-on', 'never', old, added])
  const text = out.replaceAll(/\s+/g, ' ')
  const source = 'Updates come from http://feeds.example.net/core.'
  expect(text).toContain(`Old ${source} New ${source} (speaks against the product)`)
})

it('SWUpdate: a key that both hold, and a configured least version', () => {
  const swu = (name: string) => join(FIXTURES, `swu/${name}.swu`)
  expect(answers(compare(swu('old'), swu('new')))).toEqual({
    signer: 'yes',
    rises: 'yes',
    hardware: 'yes',
    accepted: 'yes',
    downgrade: 'no',
  })
  // Without the setting, an option of the command line may still say so.
  expect(answers(compare(swu('new'), swu('old')))).toMatchObject({ rises: 'no', downgrade: 'open' })
  const [old, added] = [saved(swu('old')), saved(swu('new'))]
  expect(answers(compare(old, added))).toMatchObject({ signer: 'yes', accepted: 'yes', downgrade: 'no' })
})

it('Android Verified Boot: one key, and a rollback index that rises or falls', () => {
  const avb = (index: number) => join(FIXTURES, `avb/vbmeta-${index}.img`)
  expect(answers(compare(avb(3), avb(4)))).toMatchObject({ signer: 'yes', rises: 'yes', accepted: 'open' })
  expect(compare(avb(4), avb(3)).worse.map(({ id }) => id)).toEqual(['not-rising'])
  expect(compare(avb(3), avb(3)).worse.map(({ id }) => id)).toEqual(['not-rising'])
})

describe('the two example routers', () => {
  const old = join(EXAMPLES, 'router-as-found/router-as-found.bin')
  const added = join(EXAMPLES, 'router-done-right')

  it('differ in what was put right', () => {
    const result = compare(old, added)
    expect(result.worse).toEqual([])
    expect(result.secrets?.map(({ change }) => change)).toEqual(['went', 'went'])
    expect(result.findings.every(({ change }) => change === 'went')).toBe(true)
    expect(result.services.filter(({ change }) => change === 'removed').map(({ name }) => name)).toContain(
      'telnetd',
    )
    expect(result.chains).toHaveLength(2)
    expect(answers(result)).toEqual({ accepted: 'open' })
  })

  it('the other way round get worse, from saved results as well', () => {
    const files = compare(added, old)
    expect(new Set(files.worse.map(({ id }) => id))).toEqual(new Set(['finding', 'service', 'verdict']))
    const results = compare(saved(added), saved(old))
    expect(results.worse).toEqual(files.worse)
  })

  it('in German, on a terminal and as a page that runs nothing', () => {
    const page = join(folder, 'page.html')
    const { code, out } = messlatte(['compare-releases', '--lang', 'de', '--html', page, added, old])
    expect(code).toBe(1)
    expect(out).toContain('Was schlechter wurde')
    const html = readFileSync(page, 'utf8')
    expect(html).toContain("default-src 'none'")
    expect(html).toContain('Neuer lauschender Dienst')
    expect(html).not.toMatch(/<script|https?:\/\//)
  })
})

describe('saved results that somebody has changed', () => {
  const good = JSON.parse(readFileSync(saved(join(FIXTURES, 'avb/vbmeta-3.img')), 'utf8'))
  const image = join(FIXTURES, 'avb/vbmeta-3.img')
  function refused(written: string): string {
    const file = join(folder, 'changed.json')
    writeFileSync(file, written)
    const { code, out, err } = messlatte(['compare-releases', file, image])
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err).not.toContain('    at ')
    return err
  }

  it.each([
    ['of another schema', { schema: 'urn:messlatte:result:9' }, 'result:9'],
    ['of compare-units', { schema: 'urn:messlatte:units:1' }, 'units:1'],
    ['without evidence', { evidence: undefined }, '/evidence: a list'],
    [
      'with a verdict that there is not',
      { provisions: [{ ...good.provisions[0], baseline: { verdict: 'compliant' } }] },
      '/provisions/0/baseline/verdict',
    ],
    ['with a digest that is none', { images: [{ name: 'a', size: 1, sha256: '<b>' }] }, '/images/0/sha256'],
    ['with a negative size', { images: [{ name: 'a', size: -1, sha256: 'a'.repeat(64) }] }, '/images/0/size'],
  ])('%s', (_, change, message) => {
    expect(refused(JSON.stringify({ ...good, ...change }, null, 2))).toContain(message)
  })

  it('cut off', () => {
    expect(refused(JSON.stringify(good, null, 2).slice(0, 5000))).toContain('not JSON')
  })

  it('with names that would steer a terminal are shown as text', () => {
    const file = join(folder, 'hostile.json')
    const named = { name: '\u001b[2J<script>alert(1)</script>\u202e', size: 1, sha256: 'a'.repeat(64) }
    writeFileSync(file, JSON.stringify({ ...good, images: [named] }, null, 2))
    const page = join(folder, 'hostile.html')
    const { out } = messlatte(['compare-releases', '--html', page, file, image])
    for (const steering of ['\u001b', '\u202e']) expect(out).not.toContain(steering)
    expect(readFileSync(page, 'utf8')).not.toContain('<script')
  })

  it('with deep and odd observations are refused', () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`
    const file = join(folder, 'deep.json')
    const odd = `{"__proto__":{"x":1},"client":"rauc","signed":${deep},"keys":${deep}}`
    const kinds = [
      'update.rauc.signature',
      'update.rauc.description',
      'update.client',
      'account.password.set',
    ]
    const evidence = kinds.map((kind) => ({ ...good.evidence[0], kind, observation: '@' }))
    writeFileSync(file, JSON.stringify({ ...good, evidence }, null, 2).replaceAll('"@"', odd))
    const { code, out, err } = messlatte(['compare-releases', '--fail-on', 'never', file, image])
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain('levels of JSON')
    expect(err).not.toContain('    at ')
  })
})

describe('used wrongly', () => {
  it.each([
    [['one'], 'missing required argument'],
    [['/nowhere/old', rauc('old')], 'there is no such file'],
    [[rauc('old'), rauc('good'), '--trait', 'x=1'], 'write ID=true'],
    [[rauc('old'), rauc('good'), '--json', '-', '--html', '-'], 'standard output'],
    [[rauc('old'), rauc('good'), '--fail-on', 'open'], 'Allowed choices'],
  ])('%j', (args, message) => {
    const { code, err } = messlatte(['compare-releases', ...args])
    expect(code).toBe(2)
    expect(err).toContain(message)
  })

  it('is the same twice', () => {
    const args = ['compare-releases', '--as-of', '2026-11-28', '--json', '-', rauc('old'), rauc('worse')]
    expect(messlatte(args).out).toBe(messlatte(args).out)
  })
})

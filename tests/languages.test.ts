import { generateKeyPairSync } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readStrictZip } from '@messlatte/bytes'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { messlatte, ROOT } from './cli.ts'
import { type Language, OTHER, strange } from './languages.ts'

/** Folders of what goes wrong in signatures, in containers, and on the way to a device. */
const FIXTURES = ['secure-boot/hab', 'secure-boot/sunxi', 'update/rauc', 'update/tuf', 'update/vendor-image']
const EXAMPLES = ['router-as-found', 'router-done-right', 'sensor-with-verity']
const PORTFOLIO = join(ROOT, 'tests/portfolio/brand-owner.csv')
const UPDATE = join(ROOT, 'packages/inspect/src/update/swu/fixtures/negative/cms/a.swu')
const work = mkdtempSync(join(tmpdir(), 'messlatte-languages-'))
const DAY = ['--as-of', '2026-11-28'] as const

function run(language: Language, args: readonly string[]): string {
  const { code, out, err } = messlatte([...args, '--lang', language], { COLUMNS: '120' })
  if (code === null || code > 1) throw new Error(`${args.join(' ')}: ${err}`)
  return out
}

const at = (language: Language, name: string) => join(work, language, name)

/** What was observed is data, and its names are the same in every language. */
function withoutData(terminal: string): string {
  let label: number | undefined
  return terminal
    .split('\n')
    .filter((line) => {
      const indent = /\S/.exec(line)?.index ?? 0
      if (/^ +(?:Observed|Observation|Gesehen|Beobachtung) /.test(line)) label = indent
      else if (label !== undefined && indent <= label) label = undefined
      return label === undefined
    })
    .join('\n')
}

function htmlText(html: string): string {
  return html
    .replace(/<(style|code)\b[^>]*>.*?<\/\1>/gs, ' ')
    .replace(/<(ul|pre)\b[^>]*lang="en"[^>]*>.*?<\/\1>/gs, ' ')
    .replace(/<\/?(?:b|span|a|i|br|wbr|use)\b[^>]*>/g, '')
    .replace(/<[^>]+>/g, '\n')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}

/** The texts of an OOXML file, a line for each paragraph or cell. */
function officeText(path: string): string {
  const parts = readStrictZip(readFileSync(path), { members: 60, bytes: 50_000_000 })
  return [...parts]
    .filter(
      ([name]) => /document|header|footer|sheet|sharedStrings|workbook/i.test(name) && name.endsWith('.xml'),
    )
    .map(([, part]) =>
      Buffer.from(part)
        .toString('utf8')
        .replace(/<\/(?:w:p|si|c)>/g, '\n')
        .replace(/<sheet name="([^"]*)"/g, '\n$1\n<')
        .replace(/<[^>]+>/g, ''),
    )
    .join('\n')
}

function textOf(path: string): string {
  if (/\.(?:docx|xlsx)$/.test(path)) return officeText(path)
  const text = readFileSync(path, 'utf8')
  return path.endsWith('.html') ? htmlText(text) : withoutData(text)
}

/** Reports of three releases in one language; their results are what papers of the other language are made of. */
function check(language: Language): void {
  for (const name of EXAMPLES) {
    const stored = at(OTHER[language], join('results', `${name}.json`))
    const out = run(language, [
      ...['check', join(ROOT, 'examples', name), '--fail-on', 'never', ...DAY],
      ...['--profile', 'de-2027,eu-red-2025,eu-cra-2027,uk-psti'],
      ...['--json', stored, '--html', at(language, `${name}.html`)],
    ])
    writeFileSync(at(language, `${name}.txt`), out)
  }
  for (const name of language === 'de' ? FIXTURES : []) {
    const folder = join(ROOT, 'packages/inspect/src', name, 'fixtures')
    const html = at(language, `${name.replace('/', '-')}.html`)
    run(language, ['check', folder, '--fail-on', 'never', '--quiet', ...DAY, '--html', html])
  }
}

function papers(language: Language): void {
  const told = (name: string, args: readonly string[]) => {
    writeFileSync(at(language, name), run(language, args))
  }
  const file = (name: string) => at(language, name)
  const from = [PORTFOLIO, '--results', file('results'), ...DAY]
  told('plan.txt', ['plan', ...from, '--html', file('plan.html'), '--xlsx', file('plan.xlsx')])
  told('request.txt', [
    ...['request', ...from, '--supplier', 'Formosa Gateway Works'],
    ...['--docx', file('request.docx'), '--xlsx', file('request.xlsx')],
  ])
  for (const to of ['customer', 'channel', 'supplier'])
    told(`letter-${to}.txt`, [
      'letter',
      ...from,
      '--to',
      to,
      '--product',
      'BH-0001',
      '-o',
      file(`${to}.docx`),
    ])
  const project = file('project')
  told('init.txt', ['init', project, '--profile', 'de-2027,eu-cra-2027'])
  cpSync(join(project, 'README.md'), file('readme.txt'))
  cpSync(join(file('results'), 'router-as-found.json'), join(project, 'results', '1.json'))
  told('assess.txt', ['assess', project, '--fail-on', 'never', ...DAY, '--xlsx', file('assess.xlsx')])
  for (const under of ['eu-cra-2027', 'eu-red-2025', 'uk-psti'])
    told(`declaration-${under}.txt`, [
      ...['document', 'declaration', project, '--under', under, ...DAY, '-o', file(`${under}.docx`)],
    ])
  told('technical-file.txt', [
    'document',
    'technical-file',
    project,
    ...DAY,
    '-o',
    file('technical-file.docx'),
  ])
  for (const kind of ['docx', 'xlsx'])
    told(`plan-${kind}.txt`, ['document', 'test-plan', project, ...DAY, '-o', file(`test-plan.${kind}`)])
  const bundle = file('bundle.zip')
  run(language, ['bundle', project, '--key', join(work, 'key.pem'), ...DAY, '-o', bundle])
  told('verify.txt', ['verify', bundle])
  const [old, added] = EXAMPLES.map((name) => join(file('results'), `${name}.json`)) as [string, string]
  told('releases.txt', ['compare-releases', old, added, '--html', file('releases.html')])
  told('units.txt', ['compare-units', ...EXAMPLES.slice(0, 2).map((name) => join(ROOT, 'examples', name))])
  told('tamper.txt', ['tamper', UPDATE, '-o', file('forged'), '--trust', join(UPDATE, '../update.pem')])
  cpSync(join(file('forged'), 'README.md'), file('forged.txt'))
  told('status.txt', [
    ...['status', 'sign', ...from, '--product', 'BH-0007', '--batch', 'L7A', '--by', 'Example GmbH'],
    ...['--key', join(work, 'key.pem'), '--until', '2027-05-01', '-o', file('status.json')],
  ])
  told('buyer.txt', [
    'status',
    'verify',
    file('status.json'),
    '--trust',
    join(work, 'key.pub'),
    '--on',
    '2027-01-05',
  ])
  told('sources.txt', ['sources'])
  told('difference.txt', ['profile', 'diff', 'eu-red-2025', 'eu-cra-2027'])
  for (const subject of SUBJECTS) told(`explain-${subject}.txt`, ['explain', subject])
}

const SUBJECTS = ['5.7-1', '5.7-1-2', 'CCK-3', 'eu-cra-2027', 'boot.fit.signature', 'claims.admission']

beforeAll(() => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  for (const language of ['en', 'de'] as const) mkdirSync(at(language, 'results'), { recursive: true })
  writeFileSync(join(work, 'key.pem'), privateKey.export({ format: 'pem', type: 'pkcs8' }))
  writeFileSync(join(work, 'key.pub'), publicKey.export({ format: 'pem', type: 'spki' }))
  for (const language of ['en', 'de'] as const) check(language)
  for (const language of ['en', 'de'] as const) papers(language)
}, 900_000)
afterAll(() => rmSync(work, { recursive: true }))

describe.each(['en', 'de'] as const)(
  'what people read in %s, made of results stored in the other language',
  (language) => {
    it('is in that language', () => {
      const names = readdirSync(at(language, '.')).filter((name) => /\.(?:txt|html|docx|xlsx)$/.test(name))
      expect(names.length).toBeGreaterThan(40)
      const found = names.flatMap((name) =>
        strange(textOf(at(language, name)), language).map((line) => `${name}: ${line.trim()}`),
      )
      expect(found).toEqual([])
    })

    it('tells findings of stored results', () => {
      const finding = {
        en: /a login over the network in clear/,
        de: /unverschlüsselte Anmeldung über das Netz/,
      }
      for (const name of ['assess.txt', 'technical-file.docx', 'releases.txt'])
        expect(textOf(at(language, name)), name).toMatch(finding[language])
    })
  },
)

it('writes days as Germans do, where people read them', () => {
  const told = [
    'assess.txt',
    'plan.txt',
    'customer.docx',
    'technical-file.docx',
    'eu-cra-2027.docx',
    'sources.txt',
  ]
  const found = told.flatMap((name) =>
    textOf(at('de', name))
      .replaceAll(/\(20\d\d-\d\d-\d\d\)/g, '')
      .split('\n')
      .filter((line) => /\b20\d\d-\d\d-\d\d\b/.test(line))
      .map((line) => `${name}: ${line.trim()}`),
  )
  expect(found).toEqual([])
})

describe('the words that are looked for', () => {
  it('are found where a sentence is in the other language, and not in names and quotes', () => {
    expect(strange('Die Signatur ist nicht gültig: the key is missing', 'de')).toHaveLength(1)
    expect(strange('The signature is wrong: Der Schlüssel fehlt', 'en')).toHaveLength(1)
    expect(strange('Gemeldet: „the hash of the image differs“', 'de')).toEqual([])
    expect(
      strange(withoutData('  Gesehen     what: from the image\n              of it\n  Beleg  x'), 'de'),
    ).toEqual([])
    expect(strange(htmlText('<p>Ein <b>Wort</b></p><ul lang="en"><li>of the</li></ul>'), 'de')).toEqual([])
  })
})

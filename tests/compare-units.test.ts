import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, describe, expect, it } from 'vitest'
import { messlatte, ROOT } from './cli.ts'

const FIXTURES = join(ROOT, 'packages/inspect/src/units/fixtures')
const LABELS = join(FIXTURES, 'labels')
const folder = mkdtempSync(join(tmpdir(), 'messlatte-units-'))
afterAll(() => rmSync(folder, { recursive: true }))

const schema = (name: string) =>
  JSON.parse(readFileSync(join(ROOT, `packages/exchange/schema/${name}-1.schema.json`), 'utf8'))
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true })
ajv.addSchema(schema('result'))
const validate = ajv.compile(schema('units'))

interface UnitsJson {
  readonly units: readonly {
    readonly name: string
    readonly identity: readonly { readonly value: string }[]
  }[]
  readonly release: {
    readonly units: readonly {
      readonly filesEqual: number
      readonly changed: readonly string[]
      readonly onlyHere: readonly string[]
      readonly regions: readonly { readonly state: string; readonly counterpart: string | null }[]
    }[]
  } | null
  readonly secrets: readonly {
    readonly kind: string
    readonly name: string
    readonly outcome: string
    readonly inRelease: boolean | null
  }[]
  readonly evidence: readonly {
    readonly id: string
    readonly kind: string
    readonly polarity: string
    readonly title: string
    readonly overturnedBy?: string
  }[]
  readonly provisions: readonly { readonly id: string; readonly baseline: { readonly verdict: string } }[]
}

/** Most of these tests are about no hash, or about one of the first passwords that are tried. */
const FEW = ['--guesses', '1500']
const USUAL = ['--guesses', '20000']

function compare(...args: readonly string[]): UnitsJson {
  const { code, out, err } = messlatte([
    'compare-units',
    '--fail-on',
    'never',
    '--json',
    '-',
    ...FEW,
    ...args,
  ])
  expect(err).toBe('')
  expect(code).toBe(0)
  const result = JSON.parse(out) as UnitsJson
  validate(result)
  expect(validate.errors ?? []).toEqual([])
  return result
}

const units = (path: string, names: readonly string[] = ['unit-a.squashfs', 'unit-b.squashfs']) =>
  names.map((name) => join(FIXTURES, path, name))
const verdicts = ({ provisions }: UnitsJson) =>
  Object.fromEntries(provisions.map(({ id, baseline }) => [id, baseline.verdict]))
const outcomes = ({ secrets }: UnitsJson) =>
  secrets.map(({ kind, name, outcome }) => `${kind} ${name}: ${outcome}`).toSorted()

describe('dumps of two units', () => {
  it('with a key, a login and a password in common, and a Wi-Fi key out of the address', () => {
    const result = compare(...units('positive/router'))
    expect(outcomes(result)).toEqual([
      'account root: equal',
      'credential remote_password (unit): equal',
      'credential wifi-iface.default_radio0.key: differ',
      'private-key : equal',
      'private-key unit: equal',
    ])
    expect(verdicts(result)).toEqual({
      '5.1-1': 'fail',
      '5.1-2': 'fail',
      '5.4-1': 'open',
      '5.4-3': 'fail',
      '5.4-4': 'fail',
    })
    for (const one of result.evidence.filter(({ polarity }) => polarity === 'against'))
      expect(one.overturnedBy, one.kind).toMatch(/\S/)
  })

  it('with everything of their own are supported, and never passed', () => {
    const result = compare(...units('negative/router'))
    expect(new Set(result.secrets.map(({ outcome }) => outcome))).toEqual(new Set(['differ']))
    expect(verdicts(result)).toEqual({
      '5.1-1': 'supported',
      '5.1-2': 'open',
      '5.4-1': 'open',
      '5.4-3': 'open',
      '5.4-4': 'supported',
    })
    for (const edition of ['baseline-v3', 'baseline-2020'])
      expect(verdicts(compare('--profile', edition, ...units('negative/router')))['5.1-1']).toBe('supported')
  })

  it('whose hashes have salts of their own stay open until somebody has the password', () => {
    const near = units('near-miss/router')
    expect(verdicts(compare(...near))['5.1-1']).toBe('open')
    const words = join(folder, 'words.txt')
    writeFileSync(words, 'hT7-weide-41\n')
    const opened = compare(...USUAL, '--wordlist', words, ...near)
    expect(outcomes(opened)).toContain('account root: equal')
    expect(verdicts(opened)['5.1-1']).toBe('fail')
  })

  it('as folders of partitions: what is public is read from the boot environment', () => {
    const made = compare(...units('positive/camera', ['unit-a', 'unit-b']))
    expect(made.units[0]?.identity.map(({ value }) => value)).toEqual(['00163E510010', 'WX24-7730491'])
    expect(verdicts(made)).toMatchObject({ '5.1-1': 'supported', '5.1-2': 'fail' })
    expect(verdicts(compare(...units('negative/camera', ['unit-a', 'unit-b'])))['5.1-2']).toBe('open')
  })

  it('with the store of an ESP32', () => {
    const names = ['unit-a.bin', 'unit-b.bin']
    expect(verdicts(compare(...units('positive/sensor', names)))['5.4-4']).toBe('fail')
    expect(verdicts(compare(...units('negative/sensor', names)))['5.4-4']).toBe('supported')
  })

  it('as root file systems: what one would make of the address is tried on hashes', () => {
    // openssl passwd -6 -salt Lq0vGkzb 401208, and -salt wX2eRtYu 40573C
    const hashes = [
      '$6$Lq0vGkzb$YuQ8da/vozP32.lgdcFc.yvuiJWe4XTP3KlUVSJX1kMKz8LuSlGHTKgfawwMqiCyEE08s3FdG4P1OUMrCPRes1',
      '$6$wX2eRtYu$S/rIKJBBqvHxjtXrq8SQYjrgL7PjkdzdtB3Xlug.K8glgsOSY5bOzdtMkfb4JMwMqHCuY8igoPIMJikfkxWNO/',
    ]
    const roots = ['00:16:3E:40:12:08', '00:16:3E:40:57:3C'].map((mac, at) => {
      const root = join(folder, `unit-${at}`)
      mkdirSync(join(root, 'etc'), { recursive: true })
      mkdirSync(join(root, 'bin'))
      writeFileSync(join(root, 'etc/shadow'), `root:${hashes[at]}:19000:0:99999:7:::\n`)
      writeFileSync(join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\n')
      writeFileSync(join(root, 'etc/board.json'), JSON.stringify({ macaddr: mac }))
      return root
    })
    const result = compare(...USUAL, ...roots)
    expect(outcomes(result)).toEqual(['account root: differ'])
    expect(verdicts(result)).toMatchObject({ '5.1-1': 'supported', '5.1-2': 'fail' })
  })

  it('take what is public from the command line, too', () => {
    const [a, b] = units('positive/camera', ['unit-a', 'unit-b']).map((unit) => join(unit, 'mtd5.bin')) as [
      string,
      string,
    ]
    expect(verdicts(compare(a, b))['5.1-2']).toBe('open')
    const stated = compare(a, b, '--unit', 'A:serial=WX24-7730491', '--unit', 'B:serial=WX24-7736027')
    expect(verdicts(stated)['5.1-2']).toBe('fail')
  })

  it('beside their release: what equals it, what was changed, what only the unit has', () => {
    const result = compare(
      '--release',
      join(FIXTURES, 'positive/router/release.squashfs'),
      ...units('positive/router'),
    )
    const [first] = result.release?.units ?? []
    expect(first?.filesEqual).toBe(4)
    expect(first?.changed.map((path) => path.replace(/.*squashfs\//, ''))).toEqual([
      'etc/config/wireless',
      'etc/shadow',
    ])
    expect(first?.onlyHere).toHaveLength(2)
    expect(first?.regions.map(({ state }) => state)).toEqual(['partly'])
    expect(result.secrets.filter(({ inRelease }) => inRelease).map(({ name }) => name)).toEqual([
      'remote_password (unit)',
      '',
    ])
    const [a, b] = units('positive/router') as [string, string]
    const same = compare('--release', a, a, b)
    expect(same.release?.units.map((unit) => unit.regions.map(({ state }) => state))).toEqual([
      ['equal'],
      ['partly'],
    ])
  })

  it('give the same bytes on every run, and show no secret', () => {
    const args = [
      'compare-units',
      '--as-of',
      '2026-11-28',
      ...FEW,
      '--json',
      '-',
      ...units('positive/router'),
    ]
    const [one, two] = [messlatte(args).out, messlatte(args).out]
    expect(one).toBe(two)
    for (const secret of ['admin123', 'Ff73-one-login', 'BEGIN']) expect(one).not.toContain(secret)
    const { out } = messlatte(['compare-units', ...units('positive/router')])
    for (const secret of ['admin123', 'Ff73-one-login']) expect(out).not.toContain(secret)
  })
})

describe('label passwords', () => {
  it.each([
    ['drawn.csv', 'supported', 'supported'],
    ['drawn-few.csv', 'supported', 'open'],
    ['derived.csv', 'supported', 'fail'],
    ['default.csv', 'fail', 'open'],
    ['counter.csv', 'supported', 'fail'],
  ])('%s: 5.1-1 %s, 5.1-2 %s', (name, unique, generated) => {
    expect(verdicts(compare('--labels', join(LABELS, name)))).toEqual({ '5.1-1': unique, '5.1-2': generated })
  })

  it('stand beside dumps, and open their hashes', () => {
    const labels = join(folder, 'labels.csv')
    writeFileSync(labels, 'mac,password\n00:16:3E:40:12:08,hT7-weide-41\n00:16:3E:40:57:3C,Zr2-falke-97\n')
    const result = compare(...USUAL, '--labels', labels, ...units('near-miss/router'))
    expect(outcomes(result)).toContain('account root: equal')
  })

  it('are reported in both languages, without one of their characters', () => {
    for (const language of ['en', 'de']) {
      const { out, code } = messlatte([
        'compare-units',
        '--labels',
        join(LABELS, 'derived.csv'),
        '--lang',
        language,
      ])
      expect(code).toBe(1)
      expect(out).toContain(language === 'de' ? 'MAC-Adresse' : 'MAC address')
      for (const line of readFileSync(join(LABELS, 'derived.csv'), 'utf8').split('\n').slice(1, -1))
        expect(out).not.toContain(line.split(',')[3])
    }
  })

  it.each([
    ['mac,password\n00:16:3E:40:12,abc\n00:16:3E:40:12:09,abd\n', /line 2, column mac: .*no MAC address/],
    [
      'mac,colour\n00:16:3E:40:12:08,red\n00:16:3E:40:12:09,blue\n',
      /line 1: no column holds secrets.*mac, colour/,
    ],
    ['mac,pin\n00:16:3E:40:12:08,1\n', /fewer than two units/],
    ['mac,pin\n00:16:3E:40:12:08,1\n00:16:3E:40:12:08,2\n', /line 3, column mac: is that of line 2/],
    ['mac,pin\n00:16:3E:40:12:08,1\n00:16:3E:40:12:09\n', /line 3: has 1 cells, the head has 2/],
    ['serial,pin\n1.2E+11,1\n2,2\n', /line 2, column serial: .*rounded/],
    ['serial,pin\n"1,1\n2,2\n', /line 2: a quote is opened/],
    ['', /is empty/],
  ])('that cannot be read say where: %j', (content, problem) => {
    const path = join(folder, 'bad.csv')
    writeFileSync(path, content)
    const { code, err, out } = messlatte(['compare-units', '--labels', path])
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(problem)
  })
})

describe('the command', () => {
  it.each([
    [[], /name the dumps of two or more units/],
    [['one.bin'], /one unit alone cannot be compared/],
    [['--release', 'x.bin', '--labels', 'y.csv'], /name two or more/],
    [['none-a.bin', 'none-b.bin'], /there is no such file/],
    [['--unit', 'C:mac=00:16:3E:40:12:08', 'a.bin', 'b.bin'], /the units are A \(a\.bin\), B \(b\.bin\)/],
    [['--unit', 'A:colour=red', 'a.bin', 'b.bin'], /none of mac=/],
  ])('says what is wrong: %j', (args, problem) => {
    const { code, err } = messlatte(['compare-units', ...args])
    expect(code).toBe(2)
    expect(err).toMatch(problem)
  })

  it('ends with the verdict’s exit code', () => {
    expect(messlatte(['compare-units', '--quiet', ...FEW, ...units('positive/router')]).code).toBe(1)
    expect(messlatte(['compare-units', '--quiet', ...FEW, ...units('negative/router')]).code).toBe(0)
    expect(
      messlatte(['compare-units', '--quiet', ...FEW, '--fail-on', 'open', ...units('negative/router')]).code,
    ).toBe(1)
  })

  it('reads dumps that are none, and dumps that are cut off', () => {
    const cut = [join(folder, 'a.bin'), join(folder, 'b.bin')]
    for (const [at, path] of cut.entries()) {
      const whole = readFileSync(units('positive/router')[at] as string)
      writeFileSync(path, whole.subarray(0, 900))
    }
    const result = compare(...cut)
    expect(Object.values(verdicts(result))).not.toContain('supported')
    const [noise, zeros] = [join(folder, 'n.bin'), join(folder, 'z.bin')]
    writeFileSync(
      noise,
      Buffer.from(Array.from({ length: 70_000 }, (_, at) => (at * 7919 + (at >> 3)) & 0xff)),
    )
    writeFileSync(zeros, Buffer.alloc(70_000))
    expect(compare(noise, zeros).secrets).toEqual([])
  })
})

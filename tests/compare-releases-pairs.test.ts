import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { messlatte, ROOT } from './cli.ts'

const SOURCES = join(ROOT, 'packages/inspect/src')
const scratch = mkdtempSync(join(tmpdir(), 'messlatte-pairs-'))
afterAll(() => rmSync(scratch, { recursive: true }))
let count = 0

/** Files of a release by their paths in it: a fixture of a check (`@path`), or a text. */
type Files = Readonly<Record<string, string>>

const PROGRAM = '#!/bin/sh\n'

function write(folder: string, files: Files): string {
  for (const [path, content] of Object.entries(files)) {
    const target = join(folder, path)
    mkdirSync(dirname(target), { recursive: true })
    if (content.startsWith('@')) cpSync(join(SOURCES, content.slice(1)), target)
    else writeFileSync(target, content)
  }
  return folder
}

interface Answer {
  readonly question: string
  readonly subject: string
  readonly answer: string
  readonly text: string
}

function compare(old: Files, added: Files): readonly Answer[] {
  const folder = join(scratch, String(++count))
  const sides = [write(join(folder, 'old'), old), write(join(folder, 'new'), added)]
  const { code, out, err } = messlatte(['compare-releases', '--fail-on', 'never', '--json', '-', ...sides])
  expect([code, err]).toEqual([0, ''])
  return (JSON.parse(out) as { readonly update: readonly Answer[] }).update
}

const answers = (all: readonly Answer[], question = 'accepted') =>
  all.filter((one) => one.question === question).map(({ answer }) => answer)

/** Whether the old release takes the new one: with its key in the place where its client looks for it, and with another one there. */
const PAIRS: Readonly<
  Record<
    string,
    {
      readonly old: (key: string) => Files
      readonly key: string
      readonly other: string
      readonly new: Files
    }
  >
> = {
  opkg: {
    old: (key) => ({
      'etc/opkg.conf': 'option check_signature\nsrc/gz a https://a.example/x\n',
      'bin/opkg': PROGRAM,
      'etc/opkg/keys/0123456789abcdef': key,
    }),
    key: '@update/opkg/fixtures/negative/signed/update.pem',
    other: '@update/opkg/fixtures/near-miss/other-key/update.pem',
    new: {
      Packages: '@update/opkg/fixtures/negative/signed/Packages',
      'Packages.sig': '@update/opkg/fixtures/negative/signed/Packages.sig',
      'sample_1.0_all.ipk': '@update/opkg/fixtures/negative/signed/sample_1.0_all.ipk',
    },
  },
  'OpenWrt sysupgrade': {
    old: (key) => ({
      'lib/upgrade/platform.sh': 'REQUIRE_IMAGE_SIGNATURE=1\n',
      'sbin/sysupgrade': PROGRAM,
      'etc/opkg/keys/0123456789abcdef': key,
      'old.img': '@update/sysupgrade/fixtures/negative/own/a.img',
    }),
    key: '@update/sysupgrade/fixtures/negative/own/update.pem',
    other: '@update/sysupgrade/fixtures/near-miss/other-key/update.pem',
    new: { 'new.img': '@update/sysupgrade/fixtures/negative/own/a.img' },
  },
  Mender: {
    old: (key) => ({
      'etc/mender/mender.conf': '{ "ArtifactVerifyKey": "/etc/update.pem" }',
      'usr/bin/mender': PROGRAM,
      'etc/update.pem': key,
      'old.mender': '@update/mender/fixtures/negative/rsa/a.mender',
    }),
    key: '@update/mender/fixtures/negative/rsa/update.pem',
    other: '@update/mender/fixtures/positive/wrong-key/update.pem',
    new: { 'new.mender': '@update/mender/fixtures/negative/rsa/a.mender' },
  },
  apk: {
    old: (key) => ({
      'etc/apk/repositories': 'https://a.example/x\n',
      'sbin/apk': PROGRAM,
      'etc/apk/keys/update.pem': key,
    }),
    key: '@update/apk/fixtures/negative/index/update.pem',
    other: '@update/mender/fixtures/negative/rsa/update.pem',
    new: { 'APKINDEX.apk': '@update/apk/fixtures/negative/index/a.apk' },
  },
  apt: {
    old: (key) => ({
      'etc/apt/sources.list': 'deb https://a.example/x stable main\n',
      'usr/bin/apt-get': PROGRAM,
      'etc/apt/trusted.gpg.d/a.gpg': key,
    }),
    key: '@update/apt/fixtures/negative/ed/update.pem',
    other: '@update/apt/fixtures/near-miss/other-key/update.pem',
    new: { 'dists/stable/InRelease': '@update/apt/fixtures/negative/ed/dists__stable__InRelease' },
  },
  'Android OTA': {
    old: (key) => ({
      'system/bin/update_engine': PROGRAM,
      'system/etc/update_engine/update-payload-key.pub.pem': key,
    }),
    key: '@update/payload/fixtures/negative/both/update.pem',
    other: '@update/payload/fixtures/near-miss/other-key/update.pem',
    new: { 'payload.bin': '@update/payload/fixtures/negative/both/a.bin' },
  },
}

describe.each(Object.entries(PAIRS))('an update of %s', (_, { old, key, other, new: added }) => {
  it('is taken by a release whose client has the key', () => {
    expect(answers(compare(old(key), added))).toEqual(['yes'])
  })

  it('is refused by one whose client has another key', () => {
    expect(answers(compare(old(other), added))).toEqual(['no'])
  })
})

it('an update stays open where no client and no key is shown', () => {
  const added = Object.assign({}, ...Object.values(PAIRS).map((pair) => pair.new)) as Files
  const open = answers(compare({ 'etc/motd': 'nothing here\n' }, added))
  expect(open.length).toBeGreaterThanOrEqual(Object.keys(PAIRS).length)
  expect(new Set(open)).toEqual(new Set(['open']))
})

const BOOT = 'secure-boot'

describe('what a boot loader starts', () => {
  const loader = (folder: string) => `@${BOOT}/mcuboot/fixtures/${folder}/boot-loader.bin`
  const image = `@${BOOT}/mcuboot/fixtures/negative/with-boot-loader/image.bin`

  it('MCUboot: an image that a key in the old boot loader verifies, and no other', () => {
    expect(
      answers(compare({ 'loader.bin': loader('negative/with-boot-loader') }, { 'app.bin': image })),
    ).toEqual(['yes'])
    expect(
      answers(compare({ 'loader.bin': loader('positive/wrong-key-in-boot-loader') }, { 'app.bin': image })),
    ).toEqual(['no'])
    expect(answers(compare({ 'etc/motd': 'nothing\n' }, { 'app.bin': image }))).toEqual(['open'])
  })

  it('ESP32: an application with the key of the old boot loader; of another key only the fuses tell', () => {
    const esp = (path: string) => `@${BOOT}/esp/fixtures/${path}`
    const old = { 'boot-loader.bin': esp('negative/with-boot-loader/boot-loader.bin') }
    const app = (path: string) =>
      compare(old, { 'app.bin': esp(path) }).filter(({ text }) => !text.includes('old/'))
    expect(answers(compare(old, { 'app.bin': esp('negative/with-boot-loader/app.bin') })).at(0)).toBe('yes')
    expect(answers(app('negative/reference-ecdsa/app.bin')).at(0)).not.toBe('yes')
  })

  it('U-Boot: a FIT that a required key of the old control tree verifies, and no other', () => {
    const tree = (path: string) => `@${BOOT}/fit/fixtures/negative/${path}`
    const added = { 'fit.itb': tree('rsa3072/fit.itb') }
    expect(answers(compare({ 'u-boot.dtb': tree('rsa3072/control.dtb') }, added))).toEqual(['yes'])
    expect(answers(compare({ 'u-boot.dtb': tree('pss/control.dtb') }, added))).toEqual(['no'])
    expect(answers(compare(added, { 'u-boot.dtb': tree('rsa3072/control.dtb') }), 'downgrade')).toEqual([
      'open',
    ])
  })
})

describe('limits of versions that a client is configured with', () => {
  const swu = (limits: string) => ({
    'etc/swupdate/swupdate.cfg': `globals :\n{\n  public-key-file = "/etc/update.pem";\n${limits}};\n`,
    'usr/bin/swupdate': PROGRAM,
    'etc/update.pem': '@update/swu/fixtures/negative/raw/update.pem',
    'old.swu': '@update/swu/fixtures/negative/raw/a.swu',
  })
  const added = { 'new.swu': '@update/swu/fixtures/negative/raw/a.swu' }

  // The image says 1.2.3.
  it.each([
    ['', 'yes'],
    ['  no-downgrading = "1.2.3";\n', 'yes'],
    ['  no-downgrading = "1.2.4";\n', 'no'],
    ['  max-version = "1.2.3";\n', 'yes'],
    ['  max-version = "1.2.2";\n', 'no'],
    ['  no-reinstalling = "1.2.3";\n', 'no'],
    ['  no-reinstalling = "1.2";\n', 'yes'],
  ])('SWUpdate: %j: %s', (limits, answer) => {
    expect(answers(compare(swu(limits), added))).toEqual([answer])
  })

  it('SWUpdate: those of types of updates are not told apart', () => {
    const typed = { ...swu('  no-downgrading = "1.0";\n') }
    const path = 'etc/swupdate/swupdate.cfg'
    const text = `${typed[path]}update-types : (\n{\n  name = "OS";\n  no-downgrading = "9.0";\n});\n`
    expect(answers(compare({ ...typed, [path]: text }, added))).toEqual(['open'])
  })

  it('SWUpdate: options of its start script count as well', () => {
    const { 'etc/swupdate/swupdate.cfg': _, ...rest } = swu('')
    const script = 'SWUPDATE_ARGS="-k /etc/update.pem --max-version 1.0.0"\n'
    expect(answers(compare({ ...rest, 'etc/swupdate/conf.d/09-args': script }, added))).toEqual(['no'])
  })
})

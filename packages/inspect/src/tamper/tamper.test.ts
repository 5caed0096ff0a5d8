import { brotliDecompressSync } from 'node:zlib'
import { memoryBytes } from '@messlatte/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anatomyOf } from './formats/index.ts'
import { planTampering } from './plan.ts'
import { Rope } from './rope.ts'
import { throwAwayKeys } from './signing/keys.ts'
import { inShort, planOf, sampleBeside, sampleOf, seenByFriend, seenOf } from './testing.ts'

const of = (folder: string, file: string, trust: string) =>
  sampleOf(`${folder}/${file}`, `${folder}/${trust}`)

const SAMPLES = {
  'rauc verity': of('update/rauc/fixtures/negative/verity', 'a.raucb', 'update.pem'),
  'rauc plain': of('update/rauc/fixtures/negative/plain', 'a.raucb', 'update.pem'),
  'swu cms': of('update/swu/fixtures/negative/cms', 'a.swu', 'update.pem'),
  'swu raw': of('update/swu/fixtures/negative/raw', 'a.swu', 'update.pem'),
  'mender p256': of('update/mender/fixtures/negative/p256', 'a.mender', 'update.pem'),
  'mender rsa': of('update/mender/fixtures/negative/rsa', 'a.mender', 'update.pem'),
  'sysupgrade chain': of('update/sysupgrade/fixtures/negative/chain', 'a.img', 'update.pem'),
  'sysupgrade own': of('update/sysupgrade/fixtures/negative/own', 'a.img', 'update.pem'),
  'mcuboot ed25519': of('secure-boot/mcuboot/fixtures/negative/ed25519', 'image.bin', 'ed25519.pub'),
  'mcuboot p256': of('secure-boot/mcuboot/fixtures/negative/ecdsa-p256', 'image.bin', 'ecdsa-p256.pub'),
  'mcuboot rsa': of('secure-boot/mcuboot/fixtures/negative/rsa-3072', 'image.bin', 'rsa-3072.pub'),
  'gbl certificate': of('secure-boot/silabs/fixtures/negative/certificate', 'app.gbl', 'p256.pub'),
  'esp rsa': of('secure-boot/esp/fixtures/negative/reference-rsa', 'app.bin', 'rsa3072.pub'),
  'esp p256': of('secure-boot/esp/fixtures/negative/ecdsa256', 'app.bin', 'key.pub'),
  'esp version 1': of('secure-boot/esp/fixtures/negative/version-1-trusted', 'app.bin', 'v1.pub'),
  'android payload': of('update/payload/fixtures/negative/both', 'a.bin', 'update.pem'),
  'android payload ecdsa': of('update/payload/fixtures/negative/ecdsa', 'a.bin', 'update.pem'),
  'android archive': of('update/payload/fixtures/negative/archive', 'a.zip', 'update.pem'),
  nordic: of('tamper/fixtures/nordic', 'app.zip', 'p256.pub'),
  'fit rsa': sampleBeside('secure-boot/fit/fixtures/negative/rsa3072', 'fit.itb', 'control.dtb'),
  'fit pss': sampleBeside('secure-boot/fit/fixtures/negative/pss', 'fit-signed-pss.itb', 'control.dtb'),
  'fit ecdsa': of('secure-boot/fit/fixtures/negative/ecdsa', 'fit-signed-ecdsa.itb', 'ecdsa.pub'),
  capsule: sampleBeside('secure-boot/uefi-capsule/fixtures/negative/device-tree', 'a.cap', 'control.dtb'),
  'suit es256': of('update/suit/fixtures/negative/es256', 'a.suit', 'update.pem'),
  'suit eddsa': of('update/suit/fixtures/negative/eddsa', 'a.suit', 'update.pem'),
  'apk package': of('update/apk/fixtures/negative/package', 'a.apk', 'update.pem'),
  'apk index': of('update/apk/fixtures/negative/index', 'a.apk', 'update.pem'),
  'apk 3': of('update/apk/fixtures/negative/package-3', 'a.adb', 'update.pem'),
  InRelease: sampleBeside('update/apt/fixtures/negative/ed', 'dists__stable__InRelease', 'update.pem', {
    file: 'dists/stable/InRelease',
    beside: 'rootfs/etc/apt/trusted.gpg.d/a.gpg',
  }),
  gbl: of('secure-boot/silabs/fixtures/negative/trusted', 'app.gbl', 'p256.pub'),
} as const

const unpack = (path: string) => sampleOf(`../../unpack/src/formats/${path}`)

/** Large, and of one byte for the most part. */
const unpacked = (path: string) => {
  const sample = unpack(path)
  return { ...sample, content: brotliDecompressSync(sample.content) }
}

const WITHOUT_SIGNATURE = {
  matter: sampleOf('update/matter-ota/fixtures/positive/sha256/a.ota'),
  zigbee: sampleOf('update/zigbee-ota/fixtures/negative/gbl/a.ota'),
  trx: unpack('trx/fixtures/positive/version-2.trx'),
  uimage: unpack('uimage/fixtures/positive/kernel.uimage'),
  seama: unpack('seama/fixtures/positive/sealed.seama'),
  'tplink-v1': unpacked('tplink-v1/fixtures/positive/whole.bin.br'),
} as const

describe('a set of forged updates', () => {
  for (const [name, sample] of Object.entries(SAMPLES)) {
    it(`of ${name}: nothing that has to be refused stays verified`, () => {
      expect(seenOf(sample).sight).toBe('verified')
      const all = inShort(sample)
      expect(all).toMatchSnapshot()
      // That a file ends too early is told by its reader as damage; `tests/tamper.test.ts` has that.
      const isTaken = (one: string) => one.endsWith(' refuse verified') && !one.startsWith('truncated')
      expect(all.filter(isTaken)).toEqual([])
      expect(planOf(sample).unmade.map(({ what }) => what)).toMatchSnapshot()
    })
  }

  for (const [name, sample] of Object.entries(SAMPLES)) {
    it(`of ${name}: a foreign signature is one that holds with the foreign key`, () => {
      const all = planOf(sample).variants.filter(({ kind }) => kind === 'foreign-key')
      // MCUboot's has a twin that names the other key; this one names the genuine one.
      const isMisnamed = all.some(({ what }) => what === 'foreign-key-named')
      const foreign = all.filter(({ what }) => !isMisnamed || what !== 'foreign-key')
      const sights = foreign.map((one) => [one.what, seenByFriend(sample, one).sight])
      expect(sights).toEqual(foreign.map(({ what }) => [what, 'verified']))
      const isMade = planOf(sample).limits.every(({ en }) => !en.includes('foreign key'))
      expect(foreign.length > 0).toBe(isMade)
    })
  }

  for (const [name, sample] of Object.entries({ ...SAMPLES, ...WITHOUT_SIGNATURE })) {
    it(`of ${name}: sums are mended to what the format says, and left alone where they are right`, () => {
      const bytes = memoryBytes(sample.content)
      const { sums, format } = anatomyOf(bytes) ?? {}
      const whole = Rope.of(bytes)
      expect(sums?.mend(whole) ?? whole).toBe(whole)
      const { variants } = planOf(sample)
      for (const { rope, sums: state } of variants)
        if (state === 'mended') expect(sums?.mend(rope)).toBe(rope)
      expect([format, variants.map(({ what, sums: state }) => `${what} ${state}`)]).toMatchSnapshot()
    })
  }

  it('says of files without a signature that they have none', () => {
    const signed = Object.values(WITHOUT_SIGNATURE).map((sample) => planOf(sample).signed)
    expect(new Set(signed)).toEqual(new Set(['no']))
  })

  it('is made of any bytes, or is not made', () => {
    const samples = Object.values({ ...SAMPLES, ...WITHOUT_SIGNATURE }).filter(
      ({ content }) => content.length < 20_000,
    )
    fc.assert(
      fc.property(
        fc.nat(samples.length - 1),
        fc.nat(20_000),
        fc.uint8Array({ minLength: 1, maxLength: 32 }),
        fc.nat(20_000),
        (index, at, put, cut) => {
          const content = Buffer.from((samples[index] as (typeof samples)[number]).content)
          content.set(put.subarray(0, content.length - (at % content.length)), at % content.length)
          const bytes = memoryBytes(cut % 3 === 0 ? content.subarray(0, cut % content.length) : content)
          const anatomy = anatomyOf(bytes)
          if (anatomy) planTampering(bytes, anatomy, { keys: HASTY, own: undefined })
        },
      ),
      { numRuns: 300 },
    )
  })
})

/** RSA keys take long to make. */
const made = throwAwayKeys()
const HASTY: typeof made = {
  keyFor: (_, kind) => made.keyFor('any', kind.type === 'rsa' ? { type: 'rsa', bits: 1024 } : kind),
}

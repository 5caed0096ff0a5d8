import { describe, expect, it } from 'vitest'
import { inShort, planOf, sampleOf, seenByFriend, seenOf } from './testing.ts'

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
  gbl: of('secure-boot/silabs/fixtures/negative/trusted', 'app.gbl', 'p256.pub'),
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
      expect(foreign).not.toEqual([])
    })
  }
})

import { describe, expect, it } from 'vitest'
import { admissionsOf } from './admissions.ts'

const ids = (table: string, sentence: string) =>
  admissionsOf({ [table]: [{ ID: 'X-1', Description: `Some words first. ${sentence} More follows.` }] }).map(
    ({ id }) => id,
  )

describe('admissions', () => {
  it.each([
    ['no-secure-boot', 'Secure boot is not supported.'],
    ['no-secure-boot', 'Secure Boot is currently not enabled on this hardware.'],
    ['no-secure-boot', 'No secure boot mechanism is implemented.'],
    ['no-secure-boot', 'The device does not support secure boot.'],
    ['no-secure-boot', 'Secure Boot wird nicht unterstützt.'],
    ['no-secure-boot', 'Das Gerät unterstützt derzeit kein Secure Boot.'],
    ['no-secure-boot', 'Es ist kein Secure Boot implementiert.'],
    ['fuses-not-burned', 'The eFuses of the SoC are not burned.'],
    ['fuses-not-burned', 'Die eFuses des Chips werden nicht gebrannt.'],
    ['older-images-not-blocked', 'A downgrade is not prevented.'],
    ['older-images-not-blocked', 'No rollback protection is implemented.'],
    ['older-images-not-blocked', 'Ein Downgrade wird nicht verhindert.'],
    ['older-images-not-blocked', 'Es ist kein Rollback-Schutz implementiert.'],
  ])('of the kind %s are seen in: %s', (id, sentence) => {
    expect(ids('20-SecBoot', sentence)).toEqual([id])
  })

  it.each([
    'Update images are not signed.',
    'The update package is not verified.',
    'No signature verification is performed.',
    'Die Firmware-Images werden nicht signiert.',
    'Die Signatur wird nicht geprüft.',
    'Es findet keine Signaturprüfung statt.',
  ])('that updates are not verified: %s', (sentence) => {
    expect(ids('7-UpdMech', sentence)).toEqual(['update-not-verified'])
  })

  it.each([
    ['20-SecBoot', 'Secure boot is enabled and cannot be turned off.'],
    ['20-SecBoot', 'Secure boot is not enabled until production has written the key digest.'],
    ['20-SecBoot', 'Devices on which secure boot is not supported are not sold.'],
    ['20-SecBoot', 'Secure Boot wird nicht deaktiviert.'],
    ['20-SecBoot', 'If secure boot is disabled, the device does not start.'],
    ['20-SecBoot', 'The fuses are burned in production.'],
    ['7-UpdMech', 'The update is not verified by the user, since the device does so itself.'],
    ['7-UpdMech', 'Images that are not signed are refused.'],
    ['7-UpdMech', 'Updates are not verified before they are fully received.'],
    ['7-UpdMech', 'Updates, die nicht signiert sind, werden abgewiesen.'],
    ['7-UpdMech', 'A downgrade is prevented by the security version.'],
    ['7-UpdMech', 'Dank der Versionsprüfung ist kein Rollback-Schutz im Bootloader nötig.'],
    ['2-UserInfo', 'Secure boot is not supported.'],
  ])('are none in %s: %s', (table, sentence) => {
    expect(ids(table, sentence)).toEqual([])
  })
})

import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runChecks, testArtefact } from '../../testing.ts'
import { mechanismCheck } from '../mechanism/index.ts'
import { inShort, partFaults } from '../mechanism/testing.ts'
import { notificationCheck } from './index.ts'

function told(kind: string): readonly string[] {
  const folder = new URL(`./fixtures/${kind}/`, import.meta.url)
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const run = runChecks(
        [notificationCheck, mechanismCheck],
        [testArtefact(name.replaceAll('__', '/'), readFileSync(new URL(name, folder)))],
      )
      expect(partFaults(run), name).toEqual([])
      return inShort(run).filter((line) => !line.includes(' open: '))
    })
}

describe('update.notification', () => {
  it('names the sentences that tell of updates', () => {
    expect(told('positive')).toEqual([
      'apt notification: A script for the message at a login tells of updates (92-unattended-upgrades). @ etc/update-motd.d/92-unattended-upgrades:1',
      'device notification: A page of the device tells that an update is there: “A new firmware version is available:”. @ www/status.js:2',
      'device notification: A page of the device tells of what an update interrupts: “The device will be restarted. Do not turn off the power while the upgrade is going on”. @ www/upgrade.html:2',
    ])
  })

  it('is silent about pages that tell nothing, documents, and pages about something else', () => {
    expect(told('negative')).toEqual([])
    expect(told('near-miss')).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { renderHtml } from '../html/render.ts'
import { renderTerminal } from '../terminal/render.ts'
import { minimalSample, richSample } from '../testing/sample.ts'

const terminal = (result: ReturnType<typeof richSample>, language: 'de' | 'en') =>
  renderTerminal(result, { language, colour: false, width: 100 }).replace(/\s+/g, ' ')

describe('the update mechanism in reports', () => {
  it('names each part with its place within the system, and what is open', () => {
    const result = richSample()
    expect(terminal(result, 'en')).toContain('Update mechanism (1)')
    expect(terminal(result, 'en')).toContain('/usr/sbin/fw_update · line 3')
    expect(terminal(result, 'de')).toContain('Automatische Suche Eine Crontab führt es täglich aus. [dafür]')
    const page = renderHtml(result, 'de')
    expect(page).toContain('Update-Mechanismus')
    expect(page).toContain('Wird eine ältere Version abgewiesen?')
  })

  it('says in how much none was recognised, also where only the device as a whole has a part', () => {
    const minimal = minimalSample()
    const none = 'None recognised in 0 of 4,194,304 bytes.'
    expect(terminal(minimal, 'en')).toContain(none)
    expect(renderHtml(minimal, 'en')).toContain(none)
    const [sample] = richSample().mechanisms
    const device = { ...minimal, mechanisms: sample ? [{ ...sample, client: 'device', root: '' }] : [] }
    expect(terminal(device, 'en')).toContain(none)
    expect(renderHtml(device, 'en')).toContain(none)
  })
})

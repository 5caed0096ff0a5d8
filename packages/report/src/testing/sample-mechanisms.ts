import type { UpdateMechanism } from '@messlatte/model'

const PLACE = { path: 'fw.bin@0x40:squashfs/usr/sbin/fw_update', offset: 11, length: 58, line: 3 } as const

/** A script that fetches over plain HTTP: parts for, against and neutral, and parts that are open. */
export const SAMPLE_MECHANISM: UpdateMechanism = {
  client: 'script:/usr/sbin/fw_update',
  title: { en: 'Script /usr/sbin/fw_update', de: 'Skript /usr/sbin/fw_update' },
  root: 'fw.bin@0x40:squashfs',
  parts: [
    {
      id: 'source',
      way: 'remote',
      protocol: 'http',
      address: 'http://updates.example.net/fw.bin',
      statement: {
        en: 'Fetches http://updates.example.net/fw.bin.',
        de: 'Lädt http://updates.example.net/fw.bin.',
      },
      polarity: 'against',
      confidence: {
        grade: 'high',
        reason: { en: 'It stands in the command.', de: 'Es steht im Befehl.' },
      },
      how: 'script',
      evidence: 'update.transport.plain-http',
      ...PLACE,
    },
    {
      id: 'automatic',
      by: 'cron',
      byDefault: 'on',
      interval: '20 3 * * *',
      does: 'installs',
      statement: { en: 'A crontab runs it every day.', de: 'Eine Crontab führt es täglich aus.' },
      polarity: 'for',
      confidence: {
        grade: 'low',
        reason: { en: 'It may not succeed.', de: 'Es kann misslingen.' },
      },
      how: 'configuration',
      evidence: 'update.automatic',
      ...PLACE,
      line: null,
    },
  ],
  open: [
    {
      id: 'rollback',
      question: { en: 'Is an older version refused?', de: 'Wird eine ältere Version abgewiesen?' },
    },
  ],
}

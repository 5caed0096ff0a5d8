import type { PartData, Text } from '@messlatte/model'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { onDevice } from './device.ts'
import { givePart } from './give.ts'
import { IN_SETTINGS } from './say.ts'

interface Setting {
  readonly part: PartData
  readonly meaning: Text
}

const UNCHECKED: Setting = {
  part: { id: 'transport', checks: 'unknown', authorities: null },
  meaning: {
    en: 'the update client goes on without a check of the server',
    de: 'der Update-Client fährt ohne Prüfung des Servers fort',
  },
}

/** Lines of a configuration of ESP-IDF that decide how an application is updated: components/esp_https_ota, esp-tls, bootloader. */
const SETTINGS: ReadonlyMap<string, Setting> = new Map<string, Setting>([
  ['CONFIG_OTA_ALLOW_HTTP', UNCHECKED],
  ['CONFIG_ESP_HTTPS_OTA_ALLOW_HTTP', UNCHECKED],
  [
    'CONFIG_ESP_TLS_SKIP_SERVER_CERT_VERIFY',
    {
      part: { id: 'transport', checks: 'unknown', authorities: null },
      meaning: {
        en: 'a connection that was given no authorities is not checked',
        de: 'eine Verbindung ohne mitgegebene Zertifizierungsstellen wird nicht geprüft',
      },
    },
  ],
  [
    'CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE',
    {
      part: { id: 'install', method: 'slots', names: [] },
      meaning: {
        en: 'an updated application has to confirm itself, or the former one is started again',
        de: 'eine aktualisierte Anwendung muss sich bestätigen, sonst startet wieder die vorige',
      },
    },
  ],
  [
    'CONFIG_BOOTLOADER_APP_ANTI_ROLLBACK',
    {
      part: { id: 'rollback', checks: 'refused', setting: 'CONFIG_BOOTLOADER_APP_ANTI_ROLLBACK', value: 'y' },
      meaning: {
        en: 'applications below the security version in the fuses are refused',
        de: 'Anwendungen unter der Sicherheitsversion in den Fuses werden abgewiesen',
      },
    },
  ],
  [
    'CONFIG_SECURE_SIGNED_ON_UPDATE',
    {
      part: { id: 'packageCheck', checks: 'required', key: null },
      meaning: {
        en: 'signatures of updates are verified',
        de: 'Signaturen von Updates werden geprüft',
      },
    },
  ],
])

const MOST_LINES = 20_000

export function lookAtSettings(artefact: Artefact, out: MapOut): void {
  let offset = 0
  for (const [index, line] of artefact.text().split('\n', MOST_LINES).entries()) {
    const name = /^(CONFIG_\w{1,80})=y\r?$/.exec(line)?.[1]
    const setting = name === undefined ? undefined : SETTINGS.get(name)
    if (name !== undefined && setting) {
      const place = onDevice(placeOf(artefact, offset, line.length), [])
      givePart(out, place, setting.part, {
        statement: {
          en: `A build configuration sets ${name}: ${setting.meaning.en}.`,
          de: `Eine Build-Konfiguration setzt ${name}: ${setting.meaning.de}.`,
        },
        confidence: IN_SETTINGS,
        how: 'configuration',
        line: index + 1,
        observation: { setting: `${name}=y`, repeat: `grep -n '^${name}=' sdkconfig` },
      })
    }
    offset += line.length + 1
  }
}

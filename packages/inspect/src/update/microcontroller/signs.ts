import type { Text } from '@messlatte/model'
import type { Client } from '../mechanism/facts.ts'

/** A way in which such a client gets updates. */
export interface Way {
  readonly way: 'remote' | 'local'
  readonly protocol: string
}

export interface AgentSign {
  readonly id: string
  /** A text that is compiled in with the code that updates. */
  readonly literals: readonly string[]
  readonly title: string
  /** Undefined where the application chooses how the bytes come. */
  readonly source?: Way
}

const REMOTE = (protocol: string): Way => ({ way: 'remote', protocol })
const LOCAL = (protocol: string): Way => ({ way: 'local', protocol })

/**
 * Clients by a text of their own: log tags, topics, paths of their servers. Each stands in the source of the client, and in
 * nothing that only speaks of it.
 */
export const AGENTS = [
  {
    id: 'esp-https-ota',
    literals: ['esp_https_ota'],
    title: 'ESP-IDF esp_https_ota',
    source: REMOTE('https'),
  },
  // components/app_update: said by the function that writes to a slot, and by nothing that only asks which one runs.
  { id: 'esp-ota', literals: ['OTA image has invalid magic byte'], title: 'ESP-IDF esp_ota' },
  { id: 'esp-rainmaker', literals: ['esp_rmaker_ota'], title: 'ESP RainMaker', source: REMOTE('https') },
  { id: 'arduino-update', literals: ['Could Not Activate The Firmware'], title: 'Arduino Update' },
  {
    id: 'arduino-http-update',
    literals: ['ESP32-http-Update', 'ESP8266-http-Update'],
    title: 'Arduino HTTPUpdate',
    source: REMOTE('http'),
  },
  { id: 'arduino-ota', literals: ['ssh_upload'], title: 'ArduinoOTA', source: LOCAL('lan') },
  { id: 'esphome', literals: ['esphome.ota'], title: 'ESPHome', source: LOCAL('lan') },
  { id: 'tasmota', literals: ['|OtaUrl|', 'ota.tasmota.com'], title: 'Tasmota', source: REMOTE('http') },
  { id: 'hawkbit', literals: ['/controller/v1'], title: 'Eclipse hawkBit', source: REMOTE('http') },
  {
    id: 'updatehub',
    literals: ['application/vnd.updatehub-v1+json'],
    title: 'UpdateHub',
    source: REMOTE('coap'),
  },
  {
    id: 'mcumgr',
    literals: ['mcumgr_img_grp', 'mcumgr_img_mgmt'],
    title: 'MCUmgr (SMP)',
    source: LOCAL('smp'),
  },
  { id: 'lwm2m', literals: ['lwm2m_obj_firmware'], title: 'LwM2M', source: REMOTE('coap') },
  { id: 'aws-iot-jobs', literals: ['/jobs/notify-next'], title: 'AWS IoT Jobs', source: REMOTE('mqtt') },
  {
    id: 'azure-device-update',
    literals: ['azure:iot:deviceUpdate'],
    title: 'Azure Device Update',
    source: REMOTE('mqtt'),
  },
  {
    id: 'tuya',
    literals: ['tuya.device.upgrade', 's.gw.upgrade'],
    title: 'Tuya',
    source: REMOTE('https'),
  },
  { id: 'nordic-dfu', literals: ['DfuTarg'], title: 'Nordic DFU', source: LOCAL('bluetooth') },
  {
    id: 'gecko-bootloader',
    literals: ['1. upload gbl'],
    title: 'Gecko Bootloader',
    source: LOCAL('serial'),
  },
] as const satisfies readonly AgentSign[]

/** Sentences that are compiled in for one configuration only. */
export const SENTENCES = [
  // components/esp_https_ota: the client refuses a server that it cannot check, or goes on.
  {
    id: 'esp-server-check-demanded',
    literals: ['No option for server verification is enabled in esp_http_client'],
  },
  {
    id: 'esp-server-check-optional',
    literals: [
      'Continuing with insecure option because CONFIG_OTA_ALLOW_HTTP is set',
      'Continuing with insecure option because CONFIG_ESP_HTTPS_OTA_ALLOW_HTTP is set',
    ],
  },
  { id: 'esp-bundle', literals: ['esp-x509-crt-bundle'] },
  { id: 'arduino-md5', literals: ['MD5 Check Failed'] },
  { id: 'arduino-signature', literals: ['Signature verification failed', 'Signature Verification Failed'] },
  // boot/bootutil/src/loader.c of MCUboot.
  {
    id: 'mcuboot-swap',
    literals: [
      'Starting swap using move algorithm',
      'Starting swap using scratch algorithm',
      'Starting swap using offset algorithm',
    ],
  },
  { id: 'mcuboot-overwrite', literals: ['upgrade secondary slot -> primary slot'] },
  {
    id: 'mcuboot-downgrade',
    literals: [
      'insufficient version in secondary slot',
      'Insufficient version in secondary slot',
      'erased due to downgrade prevention',
    ],
  },
] as const

/** Real-time systems by their own words: a program for Linux that has one of the texts above has none of these. */
export const SYSTEMS: readonly string[] = [
  'Tmr Svc',
  'Booting Zephyr OS',
  'Booting nRF Connect SDK',
  'This is RIOT!',
  'NuttShell',
]

export type AgentId = (typeof AGENTS)[number]['id']
export type SignId = AgentId | (typeof SENTENCES)[number]['id']

const BY_LITERAL: ReadonlyMap<string, SignId> = new Map(
  [...AGENTS, ...SENTENCES].flatMap(({ id, literals }) =>
    literals.map((literal): [string, SignId] => [literal, id]),
  ),
)

export const SIGN_LITERALS: readonly string[] = [...BY_LITERAL.keys()]

export function signOf(literal: string): SignId | undefined {
  return BY_LITERAL.get(literal)
}

export function agentOf(id: SignId): AgentSign | undefined {
  return AGENTS.find((one) => one.id === id)
}

export function clientOf({ id, title }: AgentSign): Client {
  return { id, title: same(title) }
}

function same(text: string): Text {
  return { en: text, de: text }
}

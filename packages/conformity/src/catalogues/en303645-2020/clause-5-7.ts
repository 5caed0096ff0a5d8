import type { ProvisionRule } from '../../rules.ts'
import { ask, text } from '../../text.ts'
import { provision } from './entry.ts'

/** Clause 5.7: ensure software integrity. */
export const CLAUSE_5_7: readonly ProvisionRule[] = [
  provision({
    id: '5.7-1',
    status: 'R',
    title: text(
      'The device verifies its software by secure boot',
      'Das Gerät prüft seine Software durch sicheres Booten',
    ),
    pillar: 'secureBoot',
    proof: ['boot.chain.whole', 'boot.fuses.enforced'],
    cannotShow: text(
      'Prepared for secure boot; whether the hardware enforces it is not visible in an image.',
      'Für sicheres Booten vorbereitet; ob die Hardware es erzwingt, ist in einem Abbild nicht sichtbar.',
    ),
    missing: [
      ask(
        'maker',
        'image',
        'The bootloader as flashed (ROM-loaded first stage, U-Boot with its control device tree, signature blocks), so that the chain can be followed from its first link to the root file system',
        'Der Bootloader, wie er im Flash liegt (vom ROM geladene erste Stufe, U-Boot mit eingebautem Device Tree, Signaturblöcke), damit sich die Kette vom ersten Glied bis zum Wurzeldateisystem verfolgen lässt',
      ),
      ask(
        'maker',
        'device',
        'The fuse or life-cycle read-out of one unit for sale with its serial number (for example hab_status and SEC_CONFIG, espefuse summary, UICR and APPROTECT, STM32 RDP level)',
        'Das Auslesen von Fuses oder Lebenszyklus eines Verkaufsgeräts mit Seriennummer (zum Beispiel hab_status und SEC_CONFIG, espefuse summary, UICR und APPROTECT, STM32-RDP-Stufe)',
      ),
      ask(
        'laboratory',
        'device',
        'The boot logs of a unit whose kernel, and then whose root file system, had one byte flipped in flash: both must be refused',
        'Die Startprotokolle eines Geräts, in dessen Kernel und dann Wurzeldateisystem im Flash ein Byte verändert wurde: beides muss abgewiesen werden',
      ),
      ask(
        'maker',
        'documents',
        'IXIT 20-SecBoot: each stage with what verifies it, with which key and algorithm, who holds the signing key, how it is revoked, and how a downgrade is stopped',
        'IXIT 20-SecBoot: jede Stufe mit dem, was sie prüft, mit welchem Schlüssel und Verfahren, wer den Signaturschlüssel hält, wie er gesperrt und wie ein Rückschritt verhindert wird',
      ),
    ],
  }),
  provision({
    id: '5.7-2',
    status: 'R',
    title: text(
      'On an unauthorised change the device alerts the user and connects only as far as the alert needs',
      'Bei einer unbefugten Änderung warnt das Gerät und verbindet sich nur so weit, wie die Warnung es braucht',
    ),
    pillar: 'secureBoot',
    cannotShow: text(
      'What a device does after a failed verification shows only on a running unit.',
      'Was ein Gerät nach einer fehlgeschlagenen Prüfung tut, zeigt nur ein laufendes Gerät.',
    ),
    missing: [
      ask(
        'maker',
        'documents',
        'IXIT 20-SecBoot, user notification and notification functionality: how the user is alerted, and which connections stay up for it',
        'IXIT 20-SecBoot, Benachrichtigung und dafür nötige Funktionen: wie Benutzer gewarnt werden und welche Verbindungen dafür bestehen bleiben',
      ),
      ask(
        'laboratory',
        'device',
        'Boot log, photograph or app notice, and packet capture of a unit after its software was changed',
        'Startprotokoll, Foto oder App-Hinweis und Paketmitschnitt eines Geräts nach Veränderung seiner Software',
      ),
    ],
  }),
]

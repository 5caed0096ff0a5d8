import type { Assessment, ProvisionResult, Text, Verdict } from '@messlatte/model'
import { CATALOGUES } from '../catalogues/index.ts'
import type { CatalogueRule } from '../rules.ts'
import { text } from '../text.ts'

/** How makers usually mend what a provision asks, through the provision of 2020 from which one of V3.1.3 came; null where we know nothing to say. */
function mendingOf({ edition, origins }: CatalogueRule, id: string): Text | null {
  const of2020 = edition === 'en303645-2020' ? id : origins?.find((one) => one.id === id)?.from
  return of2020 ? (MENDING[of2020] ?? null) : null
}

/** How makers usually mend what a rule of an assessment finds disproved; null for what is open: it has nothing to mend yet. */
export function mendingIn(
  { catalogue }: Assessment,
  { id, baseline, profiles }: ProvisionResult,
): Text | null {
  const disproved = [baseline, ...Object.values(profiles)].some(({ verdict }) => DISPROVED.includes(verdict))
  return disproved ? mendingOf(CATALOGUES[catalogue.id], id) : null
}

const DISPROVED: readonly Verdict[] = ['fail', 'contested', 'not-met']

/** How makers usually mend it, by provision of 2020: practice as we know it, no duty and no proof. */
export const MENDING: Readonly<Record<string, Text>> = {
  '5.1-1': text(
    'No password in the image. Each unit gets its own at production, printed on its label, or the first start demands one before anything else works. Log-ins that only service needs go, or become keys of single technicians with an end date.',
    'Kein Passwort im Abbild. Jedes Gerät erhält in der Fertigung ein eigenes auf dem Etikett, oder der erste Start verlangt eines, bevor anderes geht. Anmeldungen nur für den Service entfallen oder werden zu Schlüsseln einzelner Techniker mit Ablauf.',
  ),
  '5.1-2': text(
    'Draw passwords at production from a cryptographic generator with at least 64 bits; never from MAC, serial number or model.',
    'Passwörter in der Fertigung aus einem kryptografischen Zufallsgenerator mit mindestens 64 Bit ziehen; nie aus MAC, Seriennummer oder Modell.',
  ),
  '5.2-1': text(
    'A page with contact and times that needs no account, and a security.txt (RFC 9116) that leads to it.',
    'Eine Seite mit Kontakt und Fristen ohne Konto und eine security.txt (RFC 9116), die dorthin führt.',
  ),
  '5.3-1': text(
    'Put every component under one update: boot loader stages that can be replaced safely, radio firmware, and the contents of data partitions.',
    'Alle Komponenten unter eine Aktualisierung bringen: sicher ersetzbare Bootloaderstufen, Funkfirmware und Inhalte von Datenpartitionen.',
  ),
  '5.3-2': text(
    'Two slots and a boot counter that returns to the old one; a signed container (RAUC, SWUpdate, MCUboot, the vendor’s own OTA); a version in the signed part that is not lowered.',
    'Zwei Slots und ein Startzähler, der zum alten zurückkehrt; ein signierter Container (RAUC, SWUpdate, MCUboot, das OTA des Chipherstellers); eine Version im signierten Teil, die nicht sinkt.',
  ),
  '5.3-4': text(
    'A timer that looks for, downloads and installs updates, on from the factory, with a setting to postpone or turn it off.',
    'Ein Zeitgeber, der Aktualisierungen sucht, lädt und installiert, ab Werk an, mit einer Einstellung zum Aufschieben oder Abschalten.',
  ),
  '5.3-5': text(
    'Look for updates after set-up and then daily at a random minute, from the device and not only from an app.',
    'Nach der Einrichtung und dann täglich zu zufälliger Minute nach Aktualisierungen suchen, vom Gerät aus und nicht nur aus einer App.',
  ),
  '5.3-7': text(
    'Sign with Ed25519, ECDSA P-256 or RSA of 3072 bits and SHA-256 or better; drop MD5, SHA-1, CRC and symmetric keys that lie in the image.',
    'Mit Ed25519, ECDSA P-256 oder RSA ab 3072 Bit und SHA-256 oder besser signieren; MD5, SHA-1, CRC und symmetrische Schlüssel im Abbild entfernen.',
  ),
  '5.3-9': text(
    'Let the device verify the signature over everything that is installed, scripts included, before it writes; keep the public key in a part that is verified at boot.',
    'Das Gerät die Signatur über alles, was installiert wird, auch Skripte, vor dem Schreiben prüfen lassen; den öffentlichen Schlüssel in einem beim Start geprüften Teil halten.',
  ),
  '5.3-10': text(
    'TLS with verification of the server and, all the same, a signature over the file; remove plain HTTP, -k and other switches that turn verification off.',
    'TLS mit Prüfung des Servers und trotzdem eine Signatur über die Datei; unverschlüsseltes HTTP, -k und andere Schalter, die die Prüfung abstellen, entfernen.',
  ),
  '5.3-13': text(
    'One page per model with a date, linked from the product page; no placeholder, no “as long as possible”.',
    'Je Modell eine Seite mit einem Datum, von der Produktseite verlinkt; kein Platzhalter, kein „so lange wie möglich“.',
  ),
  '5.4-1': text(
    'Keep secrets in a secure element, in encrypted flash with a key of the chip, or at least in files that one user can read.',
    'Geheimnisse in einem Sicherheitselement halten, in verschlüsseltem Flash mit chipeigenem Schlüssel oder wenigstens in Dateien, die nur ein Benutzer lesen kann.',
  ),
  '5.4-3': text(
    'Move secrets out of the image: make keys on the device at first start, or write them at production into a partition of their own. What shipped is known: replace it in the field too, and revoke certificates.',
    'Geheimnisse aus dem Abbild nehmen: Schlüssel beim ersten Start auf dem Gerät erzeugen oder in der Fertigung in eine eigene Partition schreiben. Was ausgeliefert ist, ist bekannt: auch im Feld ersetzen und Zertifikate sperren.',
  ),
  '5.4-4': text(
    'A key and certificate per unit, made on the device, signed by a factory authority; the image holds only public keys.',
    'Schlüssel und Zertifikat je Gerät, auf dem Gerät erzeugt, von einer Fertigungsstelle signiert; das Abbild enthält nur öffentliche Schlüssel.',
  ),
  '5.6-1': text(
    'Remove telnetd and debug services from the build, close ports by default, and let a port scan be part of the release test.',
    'telnetd und Debugdienste aus dem Build nehmen, Ports ab Werk schließen und einen Portscan zum Teil der Freigabeprüfung machen.',
  ),
  '5.6-7': text(
    'Run services under users of their own with only the capabilities that they need; one account with UID 0.',
    'Dienste unter eigenen Benutzern mit nur den nötigen Berechtigungen laufen lassen; ein einziges Konto mit UID 0.',
  ),
  '5.7-1': text(
    'Burn the digest of a key of your own into the chip, lock it, and sign every stage: boot loader, kernel with its device tree as one configuration, root file system by dm-verity with its root hash in what is signed. Replace keys of examples.',
    'Den Digest eines eigenen Schlüssels in den Chip brennen, sperren und jede Stufe signieren: Bootloader, Kernel mit Device Tree als eine Konfiguration, Wurzeldateisystem durch dm-verity mit dem Root-Hash im Signierten. Beispielschlüssel ersetzen.',
  ),
  '5.7-2': text(
    'On a failed verification start a small recovery system that shows it (LED, display, app) and reaches only the update server.',
    'Bei fehlgeschlagener Prüfung ein kleines Rettungssystem starten, das es zeigt (LED, Anzeige, App) und nur den Aktualisierungsserver erreicht.',
  ),
}

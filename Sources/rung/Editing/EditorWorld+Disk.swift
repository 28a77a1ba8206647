import DiagnosticPages
import Foundation
import PolicyEditing
import PolicyLanguageServer
import SettingsReading
import ZoneClock

extension EditorWorld {
  /// The disk and the day, and every rule there is.
  static let disk = EditorWorld(
    version: Rung.version,
    read: { Files.bytes($0) },
    names: { (try? FileManager.default.contentsOfDirectory(atPath: $0)) ?? [] },
    real: { URL(filePath: $0).resolvingSymlinksInPath().path(percentEncoded: false) },
    snapshot: { paths, earlier, read in
      PolicySnapshot(
        path: paths.policy, tests: paths.tests, today: Moment.today, settingsPath: paths.settings,
        rules: RuleFloors(pages: RulePages.all), zones: TimeZones.ofThisMachine, after: earlier,
        read: read)
    })
}

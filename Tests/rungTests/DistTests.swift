import Foundation
import Testing

/// `packaging/dist.sh` with a small program of the system in the place of rung.
///
/// This is what it lays out; what rung does there `make dist-check` tries on a bare Debian.
@Suite struct `What is released` {
  /// Whether this machine has what takes a Linux program apart.
  private static let canPack = ["/usr/bin/strip", "/usr/bin/readelf", "/usr/bin/dpkg-query"]
    .allSatisfy { FileManager.default.isExecutableFile(atPath: $0) }

  /// A folder with `one` and `two`, both made of the same program.
  private static func made() throws -> Shell {
    let shell = try Shell()
    try shell.write(
      """
      set -e
      mkdir -p manual checkouts/piece && cp /bin/echo rung
      echo '.Dd a page' > manual/rung.1 && echo 'as you like it' > checkouts/piece/LICENSE.txt
      for folder in one two; do
        SOURCE_DATE_EPOCH=1700000000 bash '\(Shell.root.path)/packaging/dist.sh' \
          rung manual - checkouts "$folder" > "$folder.said"
        touch rung manual/rung.1
      done
      """, to: "make.sh")
    let said = try shell.run("bash make.sh")
    #expect(said.last?.hasPrefix("[exit") != true, "\(said)")
    return shell
  }

  @Test(.enabled(if: canPack))
  func `is the same bytes when made again, and its sums hold`() throws {
    let shell = try Self.made()
    defer { shell.remove() }
    let said = try shell.run(
      "diff -r one two && cd one && sha256sum --check --quiet SHA256SUMS && wc -l < SHA256SUMS")
    // One less where the tools of Debian's packages are missing.
    let packs = FileManager.default.isExecutableFile(atPath: "/usr/bin/dpkg-shlibdeps")
    #expect(said == [packs ? "4" : "3"], "\(said)")
  }

  @Test(.enabled(if: canPack)) func `is what the Action installs`() throws {
    let shell = try Self.made()
    defer { shell.remove() }
    let said = try shell.run(
      """
      archive=$(echo "$PWD"/one/rung-*-linux-*.tar.gz)
      export RUNG_ARCHIVE="file://$archive" RUNG_SHA256=$(sha256sum < "$archive" | cut -c1-64)
      export GITHUB_PATH="$PWD/path" RUNNER_TEMP="$PWD/temp" GITHUB_WORKSPACE="$PWD"
      '\(Shell.root.path)/.github/rung-review' install > installed || cat installed
      sed "s|^$PWD/||" path
      """)
    let place = try #require(said.first)
    #expect(said.count == 1)
    #expect(place.wholeMatch(of: /temp\/rung-release\/rung-[0-9.]+\/bin/) != nil, "\(said)")
    let files = try shell.run(
      """
      cd '\(place)/..' && find . -type f | LC_ALL=C sort
      sed -n '/^libc\\.so/s/  */ /p' LIBRARIES
      """)
    #expect(
      files == [
        "./CHANGELOG.md", "./LIBRARIES", "./LICENSE", "./LICENSES-OF-PACKAGES", "./README.md",
        "./bin/rung", "./share/bash-completion/completions/rung",
        "./share/fish/vendor_completions.d/rung.fish", "./share/man/man1/rung.1",
        "./share/zsh/site-functions/_rung", "libc.so.6 libc6",
      ])
  }

  @Test(.enabled(if: canPack)) func `names what a program needs, or is not made`() throws {
    let shell = try Self.made()
    defer { shell.remove() }
    let control = try shell.run("dpkg-deb --field one/*.deb Depends")
    #expect(control.first?.wholeMatch(of: /libc6 \(>= [0-9.]+\), libcurl4, tzdata/) != nil)
    // A library that no package has: the Swift of a toolchain is one.
    try shell.write(
      """
      echo 'int stray(void) { return 0; }' | cc -shared -fPIC -x c - -o libstray.so
      echo 'int stray(void); int main(void) { return stray(); }' | cc -x c - -L. -lstray -o rung
      LD_LIBRARY_PATH="$PWD" bash '\(Shell.root.path)/packaging/dist.sh' rung manual - checkouts three 2>&1
      ls three
      """, to: "stray.sh")
    let said = try shell.run("bash stray.sh")
    #expect(said == ["dist: no package has libstray.so, which rung loads"], "\(said)")
  }

  @Test(.enabled(if: canPack))
  func `has a formula that builds the sources beside it, with the libraries of the package`()
    throws
  {
    let shell = try Self.made()
    defer { shell.remove() }
    let digest = try shell.run("cat one/rung-*-source.tar.gz | sha256sum | cut -c1-64")[0]
    let formula = try String(
      contentsOf: shell.folder.appending(path: "one/rung.rb"), encoding: .utf8)
    #expect(formula.contains("sha256 \"\(digest)\""))
    #expect(!formula.contains("@"))
    let setup = try String(
      contentsOf: Shell.root.appending(path: ".ci/setup"), encoding: .utf8)
    let wanted = try #require(setup.firstMatch(of: /brew="([^"]*)"/)).1.split(separator: " ")
    let depends = formula.matches(of: /depends_on "([^"]*)"\n/).map(\.1)
    // pkg-config builds only, and the book's reader is in no program that is released.
    #expect(Set(depends) == Set(wanted).subtracting(["pkg-config", "cmark-gfm"]))
    let package = try String(
      contentsOf: Shell.root.appending(path: "Package.swift"), encoding: .utf8)
    let provided = Set(package.matches(of: /\.brew\(\["([^"]*)"\]\)/).map(\.1))
    #expect(provided.count > 2)
    #expect(provided.subtracting(["cmark-gfm"]).isSubset(of: Set(depends)))
  }
}

import ReportPages

/// How pictures look: one sheet of plain CSS, light unless the viewer prefers dark.
///
/// Colours stand where they are used, not behind variables, so that viewers that know little CSS draw
/// the light picture in full.
package enum PictureStyle {
  package static var sheet: String {
    shapes + rules(of: light) + "@media (prefers-color-scheme: dark) {\n" + rules(of: dark) + "}\n"
  }

  /// Fixed-width everywhere: it is the policy's own text, and its width is known.
  static let fonts = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"

  private static let shapes = """

    .rp text { font-family: \(fonts); font-size: \(Lettering.lineSize)px; }
    .rp .rp-title, .rp .rp-number { font-size: \(Lettering.titleSize)px; font-weight: 600; }
    .rp .rp-number { font-weight: 400; }
    .rp .rp-head, .rp .rp-label { font-size: \(Lettering.labelSize)px; }
    .rp .rp-use, .rp .rp-refuse { font-weight: 600; }
    .rp .rp-frame { stroke-width: 1; stroke-dasharray: 4 3; }
    .rp .rp-box rect { stroke-width: 1; }
    .rp .rp-arrow polyline { fill: none; stroke-width: 1.3; shape-rendering: crispEdges; }
    .rp .rp-fallback polyline, .rp .rp-shadow polyline { stroke-dasharray: 5 3; }
    .rp .rp-climb polyline, .rp .rp-exhausted polyline { stroke-dasharray: 2 2; }
    .rp a:hover rect { stroke-width: 2; }
    .rp-one .rp-box, .rp-one .rp-arrow, .rp-one .rp-off { opacity: 0.42; }
    .rp-one .rp-lit, .rp-one .rp-next, .rp-one .rp-dropped { opacity: 1; }
    .rp-one .rp-passed { opacity: 0.8; }
    .rp-one .rp-lit rect { stroke-width: 2.4; }
    .rp-one .rp-lit polyline { stroke-width: 2.6; stroke-dasharray: none; }
    .rp-one .rp-passed polyline { stroke-width: 1.8; }
    .rp-one .rp-next polyline { stroke-width: 1.8; }
    .rp-one .rp-dropped text { text-decoration: line-through; }
    .rp-one .rp-dropped .rp-observed { text-decoration: none; }

    """

  private struct Colours {
    var sheet, ink, faint, word, frame, frameFill, arrow, box, line: String
    var route, routeFill, action, actionFill, refusal, refusalFill, model, modelFill: String
    var plain, plainFill, good, lit, seen: String
  }

  private static let light = Colours(
    sheet: "#ffffff", ink: "#1f2328", faint: "#59636e", word: "#0550ae", frame: "#b6bec7",
    frameFill: "#f8fafc", arrow: "#6e7781", box: "#ffffff", line: "#8c959f", route: "#6a87b8",
    routeFill: "#eef4ff", action: "#8c959f", actionFill: "#ffffff", refusal: "#cf4a44",
    refusalFill: "#fff0ee", model: "#8a72c4", modelFill: "#f6f2ff", plain: "#a9a38a",
    plainFill: "#fbf9f1", good: "#1a7f37", lit: "#bc4c00", seen: "#8a3f00")

  private static let dark = Colours(
    sheet: "#0d1117", ink: "#e6edf3", faint: "#9198a1", word: "#79c0ff", frame: "#3d444d",
    frameFill: "#12171e", arrow: "#8b949e", box: "#161b22", line: "#6e7681", route: "#4a6fae",
    routeFill: "#14233d", action: "#6e7681", actionFill: "#1b2129", refusal: "#e5534b",
    refusalFill: "#371a1b", model: "#8a72c4", modelFill: "#241d38", plain: "#7d7654",
    plainFill: "#232116", good: "#56d364", lit: "#f0883e", seen: "#f0a868")

  private static func rules(of c: Colours) -> String {
    """
    .rp .rp-sheet { fill: \(c.sheet); }
    .rp text { fill: \(c.ink); }
    .rp .rp-head, .rp .rp-number, .rp .rp-option, .rp .rp-origin { fill: \(c.faint); }
    .rp .rp-label { fill: \(c.faint); }
    .rp .rp-word { fill: \(c.word); }
    .rp .rp-frame { fill: \(c.frameFill); stroke: \(c.frame); }
    .rp .rp-box rect { fill: \(c.plainFill); stroke: \(c.plain); }
    .rp .rp-request rect, .rp .rp-outcome rect { fill: \(c.box); stroke: \(c.line); }
    .rp .rp-route rect, .rp .rp-task rect { fill: \(c.routeFill); stroke: \(c.route); }
    .rp .rp-action rect, .rp .rp-arm rect { fill: \(c.actionFill); stroke: \(c.action); }
    .rp .rp-fallback rect { fill: \(c.actionFill); stroke: \(c.action); }
    .rp .rp-refusal rect { fill: \(c.refusalFill); stroke: \(c.refusal); }
    .rp .rp-refuse .rp-word, .rp .rp-refuse { fill: \(c.refusal); }
    .rp .rp-tier rect { fill: \(c.modelFill); stroke: \(c.model); }
    .rp .rp-answer rect { fill: \(c.box); stroke: \(c.good); }
    .rp .rp-arrow polyline { stroke: \(c.arrow); }
    .rp .rp-arrow polygon { fill: \(c.arrow); }
    .rp .rp-yes polyline, .rp .rp-accept polyline { stroke: \(c.good); }
    .rp .rp-yes polygon, .rp .rp-accept polygon { fill: \(c.good); }
    .rp .rp-yes .rp-label, .rp .rp-accept .rp-label { fill: \(c.good); }
    .rp .rp-observed { fill: \(c.seen); }
    .rp-one .rp-lit rect { stroke: \(c.lit); }
    .rp-one .rp-lit polyline, .rp-one .rp-passed polyline { stroke: \(c.lit); }
    .rp-one .rp-lit polygon, .rp-one .rp-passed polygon { fill: \(c.lit); }
    .rp-one .rp-lit .rp-label { fill: \(c.lit); }
    .rp-one .rp-next rect { stroke: \(c.lit); stroke-dasharray: 4 3; }
    .rp-one .rp-dropped rect { stroke: \(c.refusal); stroke-dasharray: 2 3; }

    """
  }
}

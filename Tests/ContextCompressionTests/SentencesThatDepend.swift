/// Sentences that change what stands beside them, by language.
///
/// The English ones come from three rounds, of 91, 87 and 40. Each was written without a look at the
/// lists of words and counted before they were widened: 73, 82 and 28 were known. None was left out.
enum SentencesThatDepend {
  static let english = lines(
    #"""
    Firms see the reverse.
    It is the other way round for students.
    What has been said goes for adults alone.
    None of that concerns Ireland.
    Such amounts are doubled in August.
    Were it not for the strike, one could rely on it.
    In Wales, quite another regime is in place.
    Only pensioners benefit.
    Same for Jersey, but halved.
    Not so on the islands.
    And yet, students are let off.
    Except when the harbour is frozen.
    Save where a judge has ordered something different.
    Without prejudice to older contracts.
    Mind you, the council voted it down.
    As if that were still so!
    Then again, the council voted it down.
    Whatever the clerk told you, trust the notice board.
    Contrary to popular belief, nothing came of it.
    Pending the minister's signature, read it as a wish.
    Whether it is so depends on the court.
    So much for the theory.
    That said, farmers go free.
    On second thoughts, double it.
    Strike the last sentence.
    Read "month" for "day" throughout.
    Multiply each figure by ten.
    Everyone else pays nothing.
    Others are turned away.
    Elsewhere the matter lies differently.
    Until the bridge is repaired, consider it suspended.
    Provided the seal is intact.
    Limited to natural persons.
    Void in Quebec.
    Valid from 2031.
    Applicable to trainees exclusively.
    Subject to availability.
    Now repealed.
    Hypothetically speaking, of course.
    Just kidding.
    Not legally binding.
    For illustration only.
    Members excepted.
    Weekends excluded.
    The above being said, farmers go free.
    The exact converse is the case at sea.
    The rule is reversed at night.
    The figure is a typing error.
    The amount is wrong by a factor of ten.
    The sum is in cents.
    These are maximum values.
    They are estimates at best.
    It was merely a proposal.
    Both are mistaken.
    Neither is correct.
    One of them is out of date.
    The former is a misprint.
    The first is a misprint.
    Two of the three are misprints.
    Most of it is guesswork.
    Much has changed meanwhile.
    Half of what you have read is guesswork.
    Nobody has followed it for years.
    We do not do that any more.
    We no longer do so.
    I take it back.
    I was joking.
    You should not believe a word.
    Please disregard.
    Do not rely on it.
    Don't quote me on this.
    Do the opposite if it rains.
    If not, twice as much is due.
    If so, twice as much is due.
    Otherwise twice as much is due.
    Or twice as much after noon.
    However that may be, farmers go free.
    Though a judge in Leeds thought differently.
    A judge in Leeds thought differently about this.
    In that case, double it.
    In such a case, double it.
    In all other respects the statute governs.
    In derogation of what precedes, farmers go free.
    By contrast, farmers go free.
    At sea, on the other hand, one pays double.
    To the extent that a treaty says something else, the treaty governs.
    With the exception of farmers.
    Farmers are an exception.
    Exception: farmers.
    N.B. farmers go free.
    PS: farmers go free after all.
    Everybody under twelve is let off that.
    It does not concern guests of the house.
    Nor does it concern guests of the house.
    Those prices were never charged.
    Such a sum is asked in summer alone.
    This paragraph was written in jest.
    Were these goods perishable, twice as much would be due.
    Should it rain, nobody has to pay anything.
    Had he known, he would have halved it.
    Hence no foreigner has to pay.
    Whoever holds a pass need not care about it.
    In that event the governor decides.
    By the same token, prams are taken for nothing.
    On the contrary, it was given up in spring.
    As for residents, things are different.
    As far as residents are concerned, halve it.
    With regard to residents, read half of it.
    In lieu of coins, stamps are taken.
    Barring a vote against it, so it shall be.
    Failing an answer, the old way goes on.
    Given the flood, nothing of it can be asked at present.
    Save for the islands.
    Apart from the islands, obviously.
    Other than on feast days.
    Rather than coins, stamps are taken.
    Far from it.
    Quite wrong, as it turned out.
    Roughly speaking, anyway.
    Not on feast days, though.
    Never on feast days.
    Only with a stamp.
    Even less after dark.
    At least until the strike is over.
    At most, mind.
    Up to a point.
    If need be, ask the governor.
    If only it were so.
    When in doubt, ask nobody but the governor.
    Whenever it snows, the gate decides.
    While stocks last.
    As long as no court objects.
    So long as no court objects to it.
    Supposing that the mint agrees.
    Assuming the mint agrees to it.
    Subject always to the governor's veto.
    Conditional upon a stamp.
    Notwithstanding any of it, monks pay in kind.
    Irrespective of age, monks pay in kind.
    Additionally, a stamp must be bought.
    Exceptionally, a goat was taken.
    Formerly, a goat was taken.
    Provisionally, at any rate.
    Allegedly.
    Supposedly, that is.
    Everything counts double after dark.
    Nothing here binds the governor.
    All bets are off after dark.
    No one but monks pays that.
    None of the figures has been checked.
    Neither figure has been checked.
    Each is to be halved.
    Both are to be halved.
    Some are exempt from it.
    Most are exempt from it.
    More is due after dark.
    Less is due after dark.
    The same amount is due twice.
    The latter alone is right.
    The rest is silence.
    The opposite was ruled last spring.
    The preceding sentence is a riddle.
    The number is upside down.
    The clerk who wrote it was drunk.
    The exemptions are found on the gate.
    There are exceptions, monks for instance.
    There is no such fee at all.
    Here, a week means six days.
    Herein, a week means six days.
    One must halve it for residents.
    You have to halve it after dark.
    We reserve the right to change it at will.
    Please add a fifth to it.
    Kindly disregard it after dark.
    Take it with a pinch of salt.
    Divide by two for residents.
    Double that for carts.
    Ask again after the vote.
    Ferry tickets bought earlier remain untouched by that.
    The very same goes for skippers.
    Skippers, by the way, are let off.
    Skippers alone are let off from it.
    But skippers are let off.
    It's different at low tide.
    That's no longer done.
    There's one catch, though.
    Whereas skippers go free.
    Low tide changes everything.
    At low tide, it is half.
    After the vote, all that will be history.
    Two things must be added here.
    One thing must be added: skippers go free.
    Not every skipper, to be sure.
    Any skipper may refuse it.
    No skipper has to pay it.
    Every skipper may refuse.
    The harbour master may waive it.
    The harbour master may decide otherwise.
    The harbour master has withdrawn his consent since.
    Skippers may refuse it.
    Please halve for skippers.
    Twice that for yachts.
    For yachts, twice that.
    For yachts it is twice as much.
    Yachts are treated likewise.
    Yachts pay another price.
    Yachts pay twice as much.
    Yachts are a different matter.
    This list is not exhaustive.
    These are the old terms.
    Those who own yachts pay twice.
    Older versions of this text are void.
    Much the same is true of yachts.
    Almost none of it was kept up.
    Hardly anyone pays it.
    Rarely is it asked for.
    Should you own a yacht, double it.
    Read: twice a year.
    """#)

  static let german = lines(
    #"""
    Das gilt nur an Feiertagen.
    Dies trifft auf Anwohner nicht zu.
    Für Anwohner ist es anders.
    Es sei denn, der Vogt erlaubt es.
    Sofern der Vogt nichts anderes bestimmt.
    Andernfalls ist das Doppelte fällig.
    Abweichend davon zahlen Mönche nichts.
    Umgekehrt verhält es sich bei Karren.
    Das Gegenteil wurde im Frühling beschlossen.
    Alles unter Vorbehalt.
    Nichts davon ist bindend.
    Außer an Feiertagen.
    Nur mit Stempel.
    Allerdings nicht nachts.
    Solche Beträge werden nachts verdoppelt.
    Ungeachtet dessen zahlen Mönche in Naturalien.
    Inzwischen hat der Rat anders entschieden.
    Hinweis: betrifft Karren, nicht Kutschen.
    """#)

  static let french = lines(
    #"""
    Cela ne vaut que les jours fériés.
    Ce n'est pas vrai pour les moines.
    Sauf les jours fériés.
    Sinon, le double est dû.
    Il en va autrement pour les charrettes.
    Le contraire a été décidé au printemps.
    Par dérogation, les moines ne paient rien.
    Tout ceci est provisoire.
    Rien de tout cela n'est obligatoire.
    À moins que le bailli n'en décide autrement.
    Contrairement à ce qui est dit, les moines paient.
    Toutefois, pas la nuit.
    Seuls les moines y échappent.
    De tels montants sont doublés la nuit.
    """#)

  static let spanish = lines(
    #"""
    Esto solo vale en días festivos.
    Eso no es cierto para los monjes.
    Salvo en días festivos.
    De lo contrario se debe el doble.
    Ocurre lo contrario con los carros.
    No obstante, los monjes no pagan.
    Todo esto es provisional.
    Nada de ello es obligatorio.
    A menos que el alcalde decida otra cosa.
    En cambio, los monjes no pagan.
    Tales sumas se doblan de noche.
    Así fue hasta la primavera.
    Solo con sello.
    """#)

  /// Of languages whose function words are not known.
  static let others = lines(
    #"""
    Tutto questo vale solo nei giorni festivi.
    Il contrario è stato deciso in primavera.
    Dit geldt alleen op feestdagen.
    Tenzij de schout anders beslist.
    Isto só vale em dias de festa.
    To dotyczy tylko świąt.
    Chyba że burmistrz postanowi inaczej.
    これは祝日だけに適用されます。
    ただし、夜間を除く。
    以上内容仅供参考。
    Это не относится к монахам.
    Bu yalnızca bayramlarda geçerlidir.
    """#)

  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n").map(String.init)
  }
}

using System.ComponentModel;

namespace LuceneLsr.Playground.Messages;

[Description("A learned term of a query.")]
internal sealed record ExpansionTerm(
    [property: Description("The index term, often a stem.")]
    string Term,
    [property: Description("Its weight as an impact before dials and feedback; 0 if the feedback added it.")]
    int Weight,
    [property: Description("The impact that was searched; 0 if the term is off or a dial left it out.")]
    int Searched,
    [property: Description("Whether it is a word of the text itself. Otherwise it is expansion.")]
    bool IsOwn,
    [property: Description("The number of documents that have it.")]
    int Postings,
    [property: Description("Its weight before rules changed it, 0 if they added it; null if none did.")]
    int? Before,
    [property: Description("The ids of the rules that changed it.")]
    IReadOnlyList<string> Rules);

using System.ComponentModel;

namespace LuceneLsr.Playground.Messages;

[Description("What is searched.")]
internal sealed record IndexInfo(
    [property: Description("The number of documents.")]
    int Documents,
    [property: Description("The mean number of learned terms per document.")]
    double TermsPerDocument,
    [property: Description("The name of the encoder of queries, or null if it has none.")]
    string? Encoder,
    [property: Description("The engines; \"lsr\" alone if the index stores no texts.")]
    IReadOnlyList<string> Engines,
    [property: Description("The number of judged queries.")]
    int JudgedQueries,
    [property: Description("Whether passages can be found that explain a learned match.")]
    bool HasPassages);

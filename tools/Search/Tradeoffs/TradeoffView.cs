using LuceneLsr.Evaluation.Metrics;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Tradeoffs;

/// <summary>Prints the figures as a table with one column per precision.</summary>
internal static class TradeoffView
{
    public static void Write(IReadOnlyList<PrecisionFigures> figures, int top)
    {
        var table = new Table().RoundedBorder().AddColumn("");
        foreach (var row in figures)
        {
            table.AddColumn($"{row.Precision}", column => column.RightAligned());
        }

        AddRow("weights on disk, MB", row => $"{row.DiskBytes / 1e6:F2}");
        AddRow("model in memory, MB", row => $"{row.MemoryBytes / 1e6:F2}");
        AddRow("one query alone, ms", row => $"{row.QueryMilliseconds:F2}");
        AddRow("documents/s in batches", row => $"{row.DocumentsPerSecond:F1}");
        AddRow("cosine to Float32, mean", row => $"{row.MeanCosine:F5}");
        AddRow("cosine to Float32, min", row => $"{row.MinCosine:F5}");
        AddRow($"top {top} terms of Float32 kept", row => $"{row.TopTermsKept:P1}");
        AddRow("nDCG@10", row => $"{row.NdcgAt10:F4}");
        AddRow("Recall@100", row => $"{row.RecallAt100:F4}");
        AddRow("index without texts, MB", row => $"{row.IndexBytes / 1e6:F2}");
        AddRow("terms per document", row => $"{row.TermsPerDocument:F1}");
        AnsiConsole.Write(table);

        void AddRow(string label, Func<PrecisionFigures, string> show) =>
            table.AddRow([label, .. figures.Select(show)]);
    }
}

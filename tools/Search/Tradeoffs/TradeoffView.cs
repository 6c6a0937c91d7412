using LuceneLsr.Evaluation.Metrics;
using Spectre.Console;

namespace LuceneLsr.Tools.Search.Tradeoffs;

/// <summary>What precisions cost and save as a table, a column for each.</summary>
internal static class TradeoffView
{
    public static void Write(IReadOnlyList<PrecisionFigures> figures, int top)
    {
        var table = new Table().RoundedBorder().AddColumn("");
        foreach (var of in figures)
        {
            table.AddColumn($"{of.Precision}", column => column.RightAligned());
        }

        AddRow("weights on disk, MB", of => $"{of.DiskBytes / 1e6:F2}");
        AddRow("model in memory, MB", of => $"{of.MemoryBytes / 1e6:F2}");
        AddRow("one query alone, ms", of => $"{of.QueryMilliseconds:F2}");
        AddRow("documents/s in batches", of => $"{of.DocumentsPerSecond:F1}");
        AddRow("cosine to Float32, mean", of => $"{of.MeanCosine:F5}");
        AddRow("cosine to Float32, min", of => $"{of.MinCosine:F5}");
        AddRow($"top {top} terms of Float32 kept", of => $"{of.TopTermsKept:P1}");
        AddRow("nDCG@10", of => $"{of.NdcgAt10:F4}");
        AddRow("Recall@100", of => $"{of.RecallAt100:F4}");
        AddRow("index without texts, MB", of => $"{of.IndexBytes / 1e6:F2}");
        AddRow("terms per document", of => $"{of.TermsPerDocument:F1}");
        AnsiConsole.Write(table);

        void AddRow(string label, Func<PrecisionFigures, string> show) =>
            table.AddRow([label, .. figures.Select(show)]);
    }
}

using System.Globalization;
using CsvHelper;

namespace LuceneLsr.Tools.Search.Tradeoffs;

/// <summary>Writes the figures as CSV: a header, then one line per precision.</summary>
internal static class TradeoffCsv
{
    public static void Write(string path, IEnumerable<PrecisionFigures> figures)
    {
        using var writer = new CsvWriter(new StreamWriter(path), CultureInfo.InvariantCulture);
        writer.WriteRecords(figures);
    }
}

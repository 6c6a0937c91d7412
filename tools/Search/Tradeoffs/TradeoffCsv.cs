using System.Globalization;
using CsvHelper;

namespace LuceneLsr.Tools.Search.Tradeoffs;

/// <summary>The figures as a file for other programs: a header, then a line for each precision.</summary>
internal static class TradeoffCsv
{
    public static void Write(string path, IEnumerable<PrecisionFigures> figures)
    {
        using var writer = new CsvWriter(new StreamWriter(path), CultureInfo.InvariantCulture);
        writer.WriteRecords(figures);
    }
}

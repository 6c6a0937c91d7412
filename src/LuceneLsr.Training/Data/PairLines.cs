using LuceneLsr.Evaluation.Collections;
using LuceneLsr.Files;

namespace LuceneLsr.Training.Data;

/// <summary>
/// Pairs from a file with a pair a line and no blank lines, which bring their own negatives. Texts stay in the file, or
/// in memory where it is compressed (.gz). Every line is checked once when the file is opened.
/// </summary>
internal sealed class PairLines : IPairSource, IDisposable
{
    private readonly IReadOnlyList<TextLine> _lines;
    private readonly Func<TextLine, TrainingPair> _parse;

    private PairLines(string path, Func<TextLine, TrainingPair> parse)
    {
        (_lines, _parse) = (RandomAccessLines.Open(path), parse);
        Check();
    }

    /// <inheritdoc/>
    public int Count => _lines.Count;

    /// <summary>
    /// Opens JSONL of {"query": "...", "positive": "...", "negatives": ["..."], "scores": [1.5, 0.5]}. Negatives may be
    /// left out, and so may scores: a teacher's, of the positive and then of each negative, in all lines or in none.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A line is malformed; the message names file and line.</exception>
    public static PairLines OpenJson(string path) => new(path, ParseJson);

    /// <summary>Opens triples of texts as of MS MARCO: query, positive and negative between tabs.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A line is malformed; the message names file and line.</exception>
    public static PairLines OpenTriples(string path) => new(path, ParseTriple);

    /// <inheritdoc/>
    public TrainingPair Draw(int index, Random random) => _parse(_lines[index]);

    /// <inheritdoc/>
    public void Dispose() => (_lines as IDisposable)?.Dispose();

    private static TrainingPair ParseTriple(TextLine line)
    {
        var fields = TabbedFields.Parse(line, "query", "positive", "negative");
        return new TrainingPair(fields[0], fields[1], []) { Negatives = [fields[2]] };
    }

    private static TrainingPair ParseJson(TextLine line)
    {
        var record = JsonRecord.Parse(line);
        var pair = new TrainingPair(record.GetText("query"), record.GetText("positive"), [])
        {
            Negatives = record.GetTexts("negatives"),
            TeacherScores = record.GetNumbers("scores"),
        };
        if (pair.Negatives.Concat([pair.Query, pair.Document]).Any(string.IsNullOrWhiteSpace))
        {
            throw record.CreateError("query, positive or a negative is blank; fill it in or drop the line.");
        }

        return pair.TeacherScores is null || pair.TeacherScores.Count == 1 + pair.Negatives.Count
            ? pair
            : throw record.CreateError($"there are {pair.TeacherScores.Count} scores for a positive and "
                + $"{pair.Negatives.Count} negatives; give one for each.");
    }

    private void Check()
    {
        bool? scored = null;
        foreach (var line in _lines)
        {
            var isScored = _parse(line).TeacherScores is not null;
            if (isScored != (scored ??= isScored))
            {
                // One pair without would take its whole batch from the losses that learn from scores.
                throw line.CreateError(isScored
                    ? "there are scores, but the lines before have none; score all lines or none."
                    : "there are no scores, but the lines before have them; score all lines or none.");
            }
        }
    }
}

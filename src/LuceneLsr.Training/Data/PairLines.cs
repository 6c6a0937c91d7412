using LuceneLsr.Files;

namespace LuceneLsr.Training.Data;

/// <summary>
/// Reads pairs with their own negatives from a file that has one pair per line and no blank lines. Texts stay on disk,
/// or in memory if the file is compressed (.gz). Opening the file validates all lines.
/// </summary>
internal sealed class PairLines : IPairSource, IDisposable
{
    private readonly IReadOnlyList<TextLine> _lines;
    private readonly Func<TextLine, TrainingPair> _parse;

    private PairLines(string path, Func<TextLine, TrainingPair> parse)
    {
        (_lines, _parse) = (RandomAccessLines.Open(path), parse);
        Validate();
    }

    /// <inheritdoc/>
    public int Count => _lines.Count;

    /// <summary>
    /// Opens a JSONL file of {"query": "...", "positive": "...", "negatives": ["..."], "scores": [1.5, 0.5]}. The
    /// negatives are optional. The scores are a teacher's, first of the positive and then of each negative; either all
    /// lines have scores or none has.
    /// </summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">A line is malformed. The message gives file and line.</exception>
    public static PairLines OpenJson(string path) => new(path, ParseJson);

    /// <summary>
    /// Opens a file of text triples as in MS MARCO: query, positive and negative, separated by tabs.
    /// </summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="InvalidDataException">A line is malformed. The message gives file and line.</exception>
    public static PairLines OpenTriples(string path) => new(path, ParseTriple);

    /// <inheritdoc/>
    public TrainingPair Draw(int index, Random random) => _parse(_lines[index]);

    /// <inheritdoc/>
    public void Dispose() => (_lines as IDisposable)?.Dispose();

    private static TrainingPair ParseTriple(TextLine line)
    {
        var fields = TabSeparatedFields.Parse(line, "query", "positive", "negative");
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
            throw record.CreateError("query, positive or a negative is blank. Fill it in, or remove the line.");
        }

        return pair.TeacherScores is null || pair.TeacherScores.Count == 1 + pair.Negatives.Count
            ? pair
            : throw record.CreateError($"found {pair.TeacherScores.Count} scores for a positive and "
                + $"{pair.Negatives.Count} negatives. Give one score for each of them.");
    }

    // A single pair without scores would exclude its whole batch from the losses that need them.
    private void Validate()
    {
        bool? hasScores = null;
        foreach (var line in _lines)
        {
            var isScored = _parse(line).TeacherScores is not null;
            hasScores ??= isScored;
            if (isScored != hasScores)
            {
                throw line.CreateError(isScored
                    ? "the line has scores, but the lines before have none. Score all lines or none."
                    : "the line has no scores, but the lines before have them. Score all lines or none.");
            }
        }
    }
}

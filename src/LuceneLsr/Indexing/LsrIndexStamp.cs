using System.Globalization;
using Lucene.Net.Index;

namespace LuceneLsr.Indexing;

/// <summary>
/// What an index remembers, in its commit's user data, of the encoder that filled its LSR fields.
/// An index has one stamp, so one encoder fills all its LSR fields.
/// </summary>
/// <param name="VocabularyId">The <see cref="ISparseEncoder.VocabularyId"/> of that encoder.</param>
/// <param name="Scale">The document side's scale.</param>
public sealed record LsrIndexStamp(string VocabularyId, ImpactScale Scale)
{
    private const string VocabularyIdKey = "LuceneLsr.VocabularyId";
    private const string FactorKey = "LuceneLsr.ImpactFactor";
    private const string MaximumKey = "LuceneLsr.ImpactMaximum";

    /// <summary>
    /// Stamps the writer's next commit and all later ones. Other entries of the commit's user data are kept;
    /// a later <see cref="IndexWriter.SetCommitData"/> replaces all entries, so it has to pass these on.
    /// </summary>
    public static void Write(IndexWriter writer, ISparseEncoder encoder, ImpactScale scale)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(scale);
        writer.SetCommitData(new Dictionary<string, string>(writer.CommitData)
        {
            [VocabularyIdKey] = encoder.VocabularyId,
            [FactorKey] = scale.Factor.ToString(CultureInfo.InvariantCulture),
            [MaximumKey] = scale.MaxImpact.ToString(CultureInfo.InvariantCulture),
        });
    }

    /// <summary>The stamp of the reader's commit, or null where there is none.</summary>
    /// <exception cref="InvalidDataException">An entry of the stamp is missing, no number or out of range.</exception>
    public static LsrIndexStamp? Read(DirectoryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var userData = reader.IndexCommit.UserData;
        return userData.TryGetValue(VocabularyIdKey, out var vocabularyId)
            ? new(vocabularyId, ReadScale(userData))
            : null;
    }

    /// <summary>Makes sure that the encoder's queries can be compared with the index, and gives its stamp.</summary>
    /// <exception cref="InvalidOperationException">The index bears no stamp or that of another vocabulary.</exception>
    /// <exception cref="InvalidDataException">The stamp is damaged.</exception>
    public static LsrIndexStamp Verify(DirectoryReader reader, ISparseEncoder encoder)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        var stamp = Read(reader) ?? throw new InvalidOperationException(
            $"The index {reader.Directory} bears no LSR stamp, so nothing says which encoder filled it. "
            + "Index again and call LsrIndexStamp.Write before the commit; if this encoder did fill it, open a writer, "
            + "call LsrIndexStamp.Write and commit.");
        return stamp.VocabularyId == encoder.VocabularyId ? stamp : throw new InvalidOperationException(
            $"The index {reader.Directory} was filled by an encoder with vocabulary '{stamp.VocabularyId}', but the "
            + $"queries' encoder has '{encoder.VocabularyId}': their weights cannot be compared. Index again with this "
            + "encoder, or search with the one that filled the index.");
    }

    private static ImpactScale ReadScale(IDictionary<string, string> userData)
    {
        float factor = Number<float>(userData, FactorKey);
        int maximum = Number<int>(userData, MaximumKey);
        try
        {
            return new ImpactScale(factor, maximum);
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new InvalidDataException(
                $"The index's LSR stamp is damaged: {exception.Message} "
                + "Write it again with LsrIndexStamp.Write and commit.",
                exception);
        }
    }

    private static T Number<T>(IDictionary<string, string> userData, string key)
        where T : IParsable<T> =>
        userData.TryGetValue(key, out var text) && T.TryParse(text, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new InvalidDataException(
                $"The index's LSR stamp is damaged: entry '{key}' is '{text}', not a number. Write it again with "
                + "LsrIndexStamp.Write and commit.");
}

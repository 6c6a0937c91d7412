using System.Globalization;
using Lucene.Net.Index;

namespace LuceneLsr.Indexing;

/// <summary>
/// Identifies the encoder that filled an LSR field of an index. It is stored in the user data of the index's commit.
/// </summary>
/// <param name="VocabularyId">The encoder's <see cref="ISparseEncoder.VocabularyId"/>.</param>
/// <param name="Scale">The scale of document weights.</param>
/// <param name="Encoder">The encoder's <see cref="ISparseEncoder.Identity"/>, or null if it has none.</param>
public sealed record LsrIndexStamp(string VocabularyId, ImpactScale Scale, EncoderIdentity? Encoder = null)
{
    private const string VocabularyIdKey = "VocabularyId";
    private const string NameKey = "EncoderName";
    private const string FingerprintKey = "EncoderFingerprint";
    private const string TermRuleKey = "TermRule";
    private const string DroppedKey = "IsDropped";
    private const string FactorKey = "ImpactFactor";
    private const string MaximumKey = "ImpactMaximum";

    /// <summary>
    /// Stamps the next and all later commits of a writer. Other entries of the user data are kept. A later call of
    /// <see cref="IndexWriter.SetCommitData"/> replaces all entries, so it must include those of the stamps.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="field">The field that the encoder fills.</param>
    /// <param name="encoder">The encoder of the documents.</param>
    /// <param name="scale">The scale of document weights.</param>
    public static void Write(IndexWriter writer, string field, ISparseEncoder encoder, ImpactScale scale)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(scale);
        var data = writer.CommitData;
        var isSameEncoder = FieldUserData.Get(data, field, VocabularyIdKey) == encoder.VocabularyId
            && FieldUserData.Get(data, field, FingerprintKey) == encoder.Identity?.Fingerprint;
        var complete = isSameEncoder ? FieldUserData.Get(data, field, FieldUserData.CompleteEntry) : null;
        FieldUserData.Replace(
            writer, field,
            (VocabularyIdKey, encoder.VocabularyId),
            (FactorKey, scale.Factor.ToString(CultureInfo.InvariantCulture)),
            (MaximumKey, scale.MaxImpact.ToString(CultureInfo.InvariantCulture)),
            (NameKey, encoder.Identity?.Name),
            (FingerprintKey, encoder.Identity?.Fingerprint),
            (TermRuleKey, encoder.Identity?.TermRule),
            (DroppedKey, null),
            (FieldUserData.CompleteEntry, complete));
    }

    /// <summary>
    /// Stamps the next and all later commits of a writer, unless the field already has the same stamp. A field without
    /// terms may have any stamp. Call it whenever a writer is opened. If it throws, it has rolled the writer back and
    /// closed it, so that nothing is changed.
    /// </summary>
    /// <param name="writer">The writer.</param>
    /// <param name="field">The field that the encoder fills.</param>
    /// <param name="encoder">The encoder of the documents.</param>
    /// <param name="scale">The scale of document weights.</param>
    /// <param name="allowOtherEncoder">
    /// Whether another encoder with the same vocabulary may add documents, such as an export of the same model. The
    /// stamp stays as it is.
    /// </param>
    /// <exception cref="InvalidOperationException">
    /// The field has a stamp of another encoder or scale, or terms but no stamp, or it was dropped after an upgrade.
    /// </exception>
    /// <exception cref="InvalidDataException">The stamp is corrupt.</exception>
    public static void Ensure(
        IndexWriter writer, string field, ISparseEncoder encoder, ImpactScale scale, bool allowOtherEncoder = false)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(scale);
        try
        {
            WriteOrCheck(writer, field, encoder, scale, allowOtherEncoder);
        }
        catch
        {
            writer.Rollback();
            throw;
        }
    }

    /// <summary>Does what <see cref="Ensure"/> does, but leaves the writer open if it throws.</summary>
    internal static void WriteOrCheck(
        IndexWriter writer, string field, ISparseEncoder encoder, ImpactScale scale, bool allowOtherEncoder = false)
    {
        if (!HasStamp(writer, field, new(encoder.VocabularyId, scale, encoder.Identity), allowOtherEncoder))
        {
            Write(writer, field, encoder, scale);
        }
    }

    /// <summary>Returns whether a field has a stamp in the next commit of a writer.</summary>
    internal static bool IsIn(IndexWriter writer, string field) => ReadUserData(writer.CommitData, field) is not null;

    /// <summary>Marks a field whose postings are being dropped, so that nothing fills it or switches to it.</summary>
    internal static void MarkDropped(IndexWriter writer, string field) =>
        FieldUserData.Replace(writer, field, (DroppedKey, "true"), (FieldUserData.CompleteEntry, null));

    /// <summary>Removes the stamp of a field.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="field">The field.</param>
    /// <param name="isReplaced">Whether another field replaces it, so that it must not be filled again.</param>
    internal static void Remove(IndexWriter writer, string field, bool isReplaced) => FieldUserData.Replace(
        writer, field,
        new[]
        {
            VocabularyIdKey, FactorKey, MaximumKey, NameKey, FingerprintKey, TermRuleKey, FieldUserData.CompleteEntry,
            FieldUserData.VersionEntry, FieldUserData.WasCurrentEntry,
        }.Select(entry => (entry, (string?)null)).Append((DroppedKey, isReplaced ? "true" : null)));

    /// <summary>
    /// Reads the stamp of a field from a reader's commit. In a reader of several indexes all must have the same stamp.
    /// For a segment, or a wrapper around one, reads the last commit of its directory.
    /// </summary>
    /// <param name="reader">
    /// The reader: that of an index, one that combines or filters such readers, or a segment.
    /// </param>
    /// <param name="field">The field.</param>
    /// <returns>The stamp, or null if an index has none or the reader hides its index.</returns>
    /// <exception cref="InvalidOperationException">The indexes have different stamps.</exception>
    /// <exception cref="InvalidDataException">
    /// An entry of the stamp is missing, not a number or out of range.
    /// </exception>
    public static LsrIndexStamp? Read(IndexReader reader, string field)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(field);
        return Combine(reader, field, allowOtherEncoder: false);
    }

    /// <summary>Checks that an encoder's queries match a field, and returns the field's stamp.</summary>
    /// <param name="reader">The reader, see <see cref="Read"/>.</param>
    /// <param name="field">The field.</param>
    /// <param name="encoder">The encoder of the queries. One without an identity may be any with this
    /// vocabulary.</param>
    /// <param name="allowOtherEncoder">
    /// Whether it may be another encoder with the same vocabulary, such as an export of the same model.
    /// </param>
    /// <exception cref="InvalidOperationException">
    /// The index has no stamp, or one with another vocabulary or encoder, or the indexes have different stamps.
    /// </exception>
    /// <exception cref="InvalidDataException">The stamp is corrupt.</exception>
    public static LsrIndexStamp Verify(
        IndexReader reader, string field, ISparseEncoder encoder, bool allowOtherEncoder = false)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(field);
        var stamp = Combine(reader, field, allowOtherEncoder) ?? throw new InvalidOperationException(
            $"Field '{field}' of the index {Describe(reader)} has no LSR stamp, or the reader hides it, so it is "
            + "unknown which encoder filled it. Index again and call LsrIndexStamp.Write before the commit. If this "
            + "encoder filled the field, open a writer, call LsrIndexStamp.Write and commit.");
        if (stamp.VocabularyId != encoder.VocabularyId)
        {
            throw new InvalidOperationException(
                $"Field '{field}' of the index {Describe(reader)} was filled by an encoder with vocabulary "
                + $"'{stamp.VocabularyId}', but the encoder of the queries has vocabulary '{encoder.VocabularyId}'. "
                + "Index again with this encoder, or search with the one that filled the field.");
        }

        return allowOtherEncoder || !AreDifferent(stamp.Encoder, encoder.Identity)
            ? stamp
            : throw new InvalidOperationException(
                $"Field '{field}' of the index {Describe(reader)} was filled by the encoder {stamp.Encoder}, but the "
                + $"encoder of the queries is {encoder.Identity}, with the same vocabulary. Search with the one that "
                + "filled the field, index again, or pass allowOtherEncoder if both are the same model in different "
                + "formats.");
    }

    private static LsrIndexStamp? Combine(IndexReader reader, string field, bool allowOtherEncoder)
    {
        LsrIndexStamp?[] stamps = [.. FieldUserData.Find(reader).Select(data => ReadUserData(data, field)).Distinct()];
        if (stamps.Length == 0 || stamps.Contains(null))
        {
            return null;
        }

        EncoderIdentity[] encoders = [.. stamps.Select(stamp => stamp!.Encoder).OfType<EncoderIdentity>().Distinct()];
        return (encoders.Length < 2 || allowOtherEncoder)
            && stamps.Select(stamp => stamp! with { Encoder = null }).Distinct().Count() == 1
            ? stamps[0]! with { Encoder = encoders.Length == 1 ? encoders[0] : null }
            : throw new InvalidOperationException(
                $"The reader combines indexes with different LSR stamps of field '{field}': "
                + $"{string.Join("; ", stamps.AsEnumerable())}. "
                + "Search them one by one, or index again with one encoder and scale.");
    }

    private static bool AreDifferent(EncoderIdentity? one, EncoderIdentity? other) =>
        one is not null && other is not null && one != other;

    private static bool HasStamp(
        IndexWriter writer, string field, LsrIndexStamp expected, bool allowOtherEncoder)
    {
        if (FieldUserData.Get(writer.CommitData, field, DroppedKey) is not null)
        {
            throw new InvalidOperationException(
                $"Field '{field}' of the index {writer.Directory} was dropped after an upgrade to another field. Fill "
                + "that one. To use this name again, call LsrIndexStamp.Write.");
        }

        var found = ReadUserData(writer.CommitData, field);
        if (found is not null && found with { Encoder = null } == expected with { Encoder = null }
            && (allowOtherEncoder || !AreDifferent(found.Encoder, expected.Encoder)))
        {
            return true;
        }

        if (!IsFilled(writer, field))
        {
            return false; // new, or with the stamp of an earlier attempt
        }

        throw new InvalidOperationException(found is null
            ? $"Field '{field}' of the index {writer.Directory} has terms but no LSR stamp, so something else filled it. "
                + "Use another field or a new index. If this encoder filled the field, call LsrIndexStamp.Write."
            : $"Field '{field}' of the index {writer.Directory} has the LSR stamp {found}, but documents would be added "
                + $"with {expected}. Add them to another field or a new index, or use the encoder and scale of this one. "
                + "Pass allowOtherEncoder if only the format of the model differs. If the field belongs to an upgrade "
                + "that you give up, FieldVersions.Drop empties it.");
    }

    private static bool IsFilled(IndexWriter writer, string field)
    {
        using var reader = writer.GetReader(applyAllDeletes: true);
        return MultiFields.GetTerms(reader, field) is not null;
    }

    private static LsrIndexStamp? ReadUserData(IDictionary<string, string>? data, string field) =>
        FieldUserData.Get(data, field, VocabularyIdKey) is { } vocabularyId
            ? new LsrIndexStamp(vocabularyId, ReadScale(data, field), ReadIdentity(data, field))
            : null;

    private static EncoderIdentity? ReadIdentity(IDictionary<string, string>? data, string field) =>
        FieldUserData.Get(data, field, FingerprintKey) is { } fingerprint
            ? new EncoderIdentity(
                FieldUserData.Get(data, field, NameKey) ?? "", fingerprint,
                FieldUserData.Get(data, field, TermRuleKey) ?? "")
            : null;

    private static string Describe(IndexReader reader) => $"{(reader as DirectoryReader)?.Directory ?? (object)reader}";

    private static ImpactScale ReadScale(IDictionary<string, string>? data, string field)
    {
        float factor = ReadNumber<float>(data, field, FactorKey);
        int maximum = ReadNumber<int>(data, field, MaximumKey);
        try
        {
            return new ImpactScale(factor, maximum);
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw CreateCorruptStampException(exception.Message, exception);
        }
    }

    private static T ReadNumber<T>(IDictionary<string, string>? data, string field, string entry)
        where T : IParsable<T>
    {
        var text = FieldUserData.Get(data, field, entry);
        return T.TryParse(text, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw CreateCorruptStampException(
                $"entry '{FieldUserData.GetKey(field, entry)}' is '{text}', which is not a number.");
    }

    private static InvalidDataException CreateCorruptStampException(string problem, Exception? cause = null) => new(
        $"The index has a corrupt LSR stamp: {problem} Write it again with LsrIndexStamp.Write and commit.", cause);
}

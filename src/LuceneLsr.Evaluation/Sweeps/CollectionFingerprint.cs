using System.Security.Cryptography;
using System.Text;
using LuceneLsr.Evaluation.Collections;

namespace LuceneLsr.Evaluation.Sweeps;

/// <summary>Identifies a collection by its documents, queries and judgments: 12 hexadecimal digits of a SHA-256 hash.</summary>
internal static class CollectionFingerprint
{
    private const int Length = 12;

    public static string Compute(BeirCollection collection)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var document in collection.Corpus)
        {
            Append(hash, document.Id, document.Contents);
        }

        foreach (var query in collection.Queries)
        {
            Append(hash, query.Id, query.Text);
        }

        foreach (var queryId in collection.Qrels.QueryIds)
        {
            foreach (var (documentId, grade) in collection.Qrels.GetGrades(queryId))
            {
                Append(hash, queryId, documentId, $"{grade}");
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..Length];
    }

    private static void Append(IncrementalHash hash, params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(field));
            hash.AppendData([0]);
        }
    }
}

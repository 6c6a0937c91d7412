using CsCheck;
using LuceneLsr.TestSupport;
using LuceneLsr.VectorFiles.Matrices;
using LuceneLsr.VectorFiles.Vocabularies;

namespace LuceneLsr.VectorFiles.Tests.Matrices;

public sealed class CsrMatrixFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("vectors.csr");

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// The bytes that write_sparse_matrix of big-ann-benchmarks writes for [[0, 1.5], [0, 0], [2, 0.5]].
    /// </summary>
    [Fact]
    public void Matrix_has_the_bytes_of_the_benchmark()
    {
        SparseVector[] rows = [new([new("b", 1.5f)]), SparseVector.Empty, new([new("a", 2), new("b", .5f), new("x", 9)])];
        var vocabulary = CorpusVocabulary.Create([new([new("a", 1), new("b", 1)])]);
        Assert.Equal((3, 3), CsrMatrixFile.Write(File, rows, vocabulary));
        Assert.Equal(
            "0300000000000000" + "0200000000000000" + "0300000000000000"
            + "0000000000000000" + "0100000000000000" + "0100000000000000" + "0300000000000000"
            + "01000000" + "00000000" + "01000000"
            + "0000C03F" + "00000040" + "0000003F",
            Convert.ToHexString(System.IO.File.ReadAllBytes(File)));
    }

    [Fact]
    public void Matrix_read_row_by_row_has_all_weights() =>
        Gen.Dictionary(Gen.String[Gen.Char["abcdef"], 1, 2], Gen.Float[0.01f, 4])[0, 6].Array[0, 6].Sample(rows =>
        {
            SparseVector[] vectors = [.. rows.Select(row => new SparseVector(
                row.Select(entry => new TermWeight(entry.Key, entry.Value))))];
            var vocabulary = CorpusVocabulary.Create(vectors);
            CsrMatrixFile.Write(File, vectors, vocabulary);
            Assert.Equal(
                vectors.Select(vector => vector.Entries),
                Read().Select(row => new SparseVector(
                    row.Select(entry => new TermWeight(vocabulary.Terms[entry.Column].Term, entry.Weight))).Entries));
        }, threads: 1);

    private List<List<(int Column, float Weight)>> Read()
    {
        using var reader = new BinaryReader(System.IO.File.OpenRead(File));
        var (rows, columns, entries) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
        var starts = Enumerable.Range(0, (int)rows + 1).Select(_ => (int)reader.ReadInt64()).ToArray();
        var indices = Enumerable.Range(0, (int)entries).Select(_ => reader.ReadInt32()).ToArray();
        var weights = Enumerable.Range(0, (int)entries).Select(_ => reader.ReadSingle()).ToArray();
        Assert.Equal(reader.BaseStream.Length, reader.BaseStream.Position);
        Assert.All(indices, index => Assert.InRange(index, 0, columns - 1));
        return [.. starts.Zip(starts.Skip(1), (start, end) =>
        {
            Assert.Equal(indices[start..end].Order(), indices[start..end]);
            return indices[start..end].Zip(weights[start..end]).ToList();
        })];
    }
}

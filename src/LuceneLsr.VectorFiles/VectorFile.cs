using LuceneLsr.Files;
using LuceneLsr.VectorFiles.Formats;

namespace LuceneLsr.VectorFiles;

/// <summary>The vectors of a file, found by text.</summary>
internal sealed class VectorFile
{
    private readonly string _path;
    private readonly bool _isTopics;
    private readonly Dictionary<string, SparseVector> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SparseVector> _byContents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SparseVector> _byText = new(StringComparer.Ordinal); // of a collection

    private VectorFile(string path)
    {
        _path = path;
        _isTopics = AnseriniTopics.HasExtension(path);
        foreach (var (line, record) in
            _isTopics ? AnseriniTopics.ReadNumberedFile(path) : AnseriniVectors.ReadNumberedFile(path))
        {
            if (!_byId.TryAdd(record.Id, record.Vector))
            {
                throw line.CreateError($"duplicate id '{record.Id}'. Ids must be unique.");
            }

            _byContents.TryAdd(record.Contents, record.Vector); // a collection may repeat a text
        }
    }

    /// <summary>Gets whether all weights are integers.</summary>
    public bool HasImpacts => _byId.Values.All(vector => vector.Entries.All(entry => float.IsInteger(entry.Weight)));

    /// <summary>Gets the number of texts of the collection without a vector. Theirs is empty.</summary>
    public int TextsWithoutVector { get; private set; }

    /// <summary>Gets the number of vectors whose ids are not in the collection.</summary>
    public int VectorsWithoutText { get; private set; }

    /// <summary>Loads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="texts">The texts of the collection by id, or null to find vectors by contents alone.</param>
    /// <exception cref="InvalidDataException">
    /// A record is malformed, an id is a duplicate, or a text has no vector.
    /// </exception>
    public static VectorFile Load(string path, IReadOnlyDictionary<string, string>? texts)
    {
        var file = new VectorFile(path);
        if (texts is not null)
        {
            file.Assign(texts);
        }

        return file;
    }

    /// <summary>Finds a vector by a text of the collection, the contents of a record, or an id; or null.</summary>
    public SparseVector? Find(string text) =>
        _byText.GetValueOrDefault(text) ?? _byContents.GetValueOrDefault(text) ?? _byId.GetValueOrDefault(text);

    private void Assign(IReadOnlyDictionary<string, string> texts)
    {
        foreach (var (id, text) in texts)
        {
            if (_byId.TryGetValue(id, out var vector))
            {
                _byText.TryAdd(text, vector);
            }
        }

        var missing = texts.Where(text => !string.IsNullOrWhiteSpace(text.Value) && Find(text.Value) is null).ToList();

        // Topic files leave out queries without terms.
        Require.Data(
            missing.Count == 0 || (_isTopics && missing.Count < texts.Count),
            $"{_path}: {missing.Count:N0} of {texts.Count:N0} texts have no vector, such as that with id "
            + $"'{missing.FirstOrDefault().Key}'. Add their vectors, or check that the file belongs to the collection");
        foreach (var (_, text) in missing)
        {
            _byText.TryAdd(text, SparseVector.Empty);
        }

        TextsWithoutVector = missing.Count;
        VectorsWithoutText = _byId.Keys.Count(id => !texts.ContainsKey(id));
    }
}

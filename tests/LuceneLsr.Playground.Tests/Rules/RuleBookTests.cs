using System.ComponentModel.DataAnnotations;
using LuceneLsr.Edits;
using LuceneLsr.Playground.Rules;
using LuceneLsr.Playground.Tests.Support;
using LuceneLsr.TestSupport;

namespace LuceneLsr.Playground.Tests.Rules;

public sealed class RuleBookTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("rules.json");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Change_and_undo_lead_back_to_the_first_state(bool hasFile)
    {
        var book = Open(hasFile ? File : null);
        var empty = book.Read();
        Assert.False(book.CanUndo);
        var one = book.Change(empty.Version, rules => rules.Add(Rule("a")));
        var two = book.Change(one.Version, rules => rules.Add(Rule("b")));
        Assert.Equal(["a", "b"], Ids(two));
        var undone = book.Undo(two.Version);
        Assert.Equal(["a"], Ids(undone));
        Assert.Empty(Ids(book.Undo(undone.Version)));
        Assert.Throws<RuleConflictException>(() => book.Undo(book.Read().Version));
    }

    [Fact]
    public void Rules_of_a_file_survive_the_server()
    {
        var book = Open(File);
        book.Change(book.Read().Version, rules => rules.Add(Rule("a")));
        Assert.Equal(["a"], Ids(Open(File).Read()));
    }

    [Fact]
    public void Change_for_an_older_state_is_refused_and_changes_nothing()
    {
        var book = Open(File);
        var empty = book.Read();
        book.Change(empty.Version, rules => rules.Add(Rule("a")));
        Assert.Throws<RuleConflictException>(() => book.Change(empty.Version, rules => rules.Add(Rule("b"))));
        Assert.Throws<RuleConflictException>(() => book.Undo(empty.Version));
        Assert.Equal(["a"], Ids(Open(File).Read()));
    }

    [Fact]
    public void File_that_another_program_changes_is_read_again_and_cannot_be_undone()
    {
        var book = Open(File);
        var before = book.Change(book.Read().Version, rules => rules.Add(Rule("a")));
        new RelevanceRules([Rule("other")]).Save(File);
        System.IO.File.SetLastWriteTimeUtc(File, DateTime.UnixEpoch);
        Assert.Throws<RuleConflictException>(() => book.Change(before.Version, rules => rules.Add(Rule("b"))));
        Assert.Equal(["other"], Ids(book.Read()));
        Assert.False(book.CanUndo);
    }

    [Fact]
    public void Broken_file_keeps_the_last_rules_and_is_never_overwritten()
    {
        var book = Open(File);
        book.Change(book.Read().Version, rules => rules.Add(Rule("a")));
        _folder.Write("rules.json", "{ \"version\": 1, \"rules\": [");
        var broken = book.Read();
        Assert.Equal(["a"], Ids(broken));
        Assert.Contains("rules.json", broken.Problem, StringComparison.Ordinal);
        var exception = Assert.Throws<RuleConflictException>(
            () => book.Change(broken.Version, rules => rules.Add(Rule("b"))));
        Assert.Contains("nothing was changed", exception.Message, StringComparison.Ordinal);
        Assert.Equal("{ \"version\": 1, \"rules\": [", System.IO.File.ReadAllText(File));
        System.IO.File.Delete(File);
        Assert.Null(book.Read().Problem);
        Assert.Empty(Ids(book.Read()));
    }

    [Fact]
    public void File_that_cannot_be_written_is_a_conflict_and_keeps_the_rules()
    {
        var book = Open(File);
        Directory.CreateDirectory(File);
        Assert.Throws<RuleConflictException>(() => book.Change(book.Read().Version, rules => rules.Add(Rule("a"))));
        Assert.Empty(Ids(book.Read()));
        Assert.False(book.CanUndo);
    }

    [Fact]
    public void Open_broken_file_throws()
    {
        _folder.Write("rules.json", "[]");
        Assert.Contains(
            "rules.json", Assert.Throws<InvalidDataException>(() => Open(File)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Invalid_change_is_refused_and_changes_nothing()
    {
        var book = Open(File);
        var version = book.Read().Version;
        var exception = Assert.Throws<ValidationException>(
            () => book.Change(version, rules => rules.Add(Rule("a") with { Factor = -1 })));
        Assert.Contains("from 0 to 1000", exception.Message, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(File));
        Assert.Equal(version, book.Read().Version);
    }

    [Fact]
    public void File_that_cannot_be_read_for_a_moment_is_read_again()
    {
        var book = Open(File);
        new RelevanceRules([Rule("a")]).Save(File);
        using (System.IO.File.Open(File, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.NotNull(book.Read().Problem);
        }

        Assert.Null(book.Read().Problem);
        Assert.Equal(["a"], Ids(book.Read()));
    }

    [Fact]
    public void File_with_another_id_field_is_refused()
    {
        new RelevanceRules([Rule("a")], idField: "docno").Save(File);
        Assert.Contains(
            "field 'id_field' is 'docno'", Assert.Throws<InvalidDataException>(() => Open(File)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Message_of_an_invalid_change_does_not_name_parameters_of_the_code()
    {
        var exception = Assert.Throws<ValidationException>(() => RuleBook.Apply(
            _ => throw new ArgumentException("Give a term.", "term"), new RelevanceRules([])));
        Assert.Equal("Give a term.", exception.Message);
    }

    private static RuleBook Open(string? path) => new(path, SynonymEncoder.GetTextTerms);

    private static QueryRule Rule(string id) => new() { Id = id, QueryTerms = ["film"], Term = id, Factor = 0.5f };

    private static IEnumerable<string> Ids(RuleSet rules) => rules.Rules.Rules.Select(rule => rule.Id);
}

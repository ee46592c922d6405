using Succesmeter.Access;
using Succesmeter.Storage.Tables;
using Succesmeter.Testing;
using Succesmeter.Testing.Memory;

namespace Succesmeter.Storage.Tests.Tables;

/// <summary>What every store of tokens promises.</summary>
public abstract class TokenStoreContract
{
    private protected abstract Task<ITokenStore> StoreAsync();

    [Fact]
    public async Task A_token_comes_back_as_it_was_issued()
    {
        var store = await StoreAsync();
        var token = Token("00000000000000aa") with { Scope = TokenScope.Of(Some.Campaign), Rights = Rights.Of(Right.Read, Right.Act) };
        await store.AddAsync(token, default);
        await store.AddAsync(Token("00000000000000ab"), default);

        Assert.Equal(token, await store.FindAsync(token.Id, default));
        Assert.Equal(TokenScope.All, (await store.FindAsync("00000000000000ab", default))!.Scope);
        Assert.Null(await store.FindAsync("00000000000000ac", default));
    }

    [Fact]
    public async Task An_id_is_given_once()
    {
        var store = await StoreAsync();
        await store.AddAsync(Token("00000000000000aa"), default);
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.AddAsync(Token("00000000000000aa") with { Label = "another" }, default));
        Assert.Equal("a test", (await store.FindAsync("00000000000000aa", default))!.Label);
    }

    [Fact]
    public async Task Revoking_again_keeps_the_first_instant_and_a_token_that_never_was_cannot_be_revoked()
    {
        var store = await StoreAsync();
        await store.AddAsync(Token("00000000000000aa"), default);

        Assert.Equal(Some.Launch, (await store.RevokeAsync("00000000000000aa", Some.Launch, default))!.RevokedAt);
        Assert.Equal(Some.Launch, (await store.RevokeAsync("00000000000000aa", Some.End, default))!.RevokedAt);
        Assert.Equal(Some.Launch, (await store.FindAsync("00000000000000aa", default))!.RevokedAt);
        Assert.Null(await store.RevokeAsync("00000000000000ab", Some.Launch, default));
    }

    [Fact]
    public async Task A_list_is_in_order_of_ids_and_goes_on_after_one()
    {
        var store = await StoreAsync();
        foreach (var id in (string[])["00000000000000cc", "00000000000000aa", "00000000000000bb"])
            await store.AddAsync(Token(id), default);

        Assert.Equal(["aa", "bb", "cc"], await IdsAsync(null));
        Assert.Equal(["cc"], await IdsAsync("00000000000000bb"));

        async Task<List<string>> IdsAsync(string? after)
        {
            var ids = new List<string>();
            await foreach (var token in store.ReadAsync(after, default))
                ids.Add(token.Id[^2..]);
            return ids;
        }
    }

    private protected static BearerToken Token(string id) => new()
    {
        Id = id,
        Scope = TokenScope.All,
        Rights = Rights.Of(Right.Read),
        Label = "a test",
        IssuedAt = Some.Launch,
        ExpiresAt = Some.End,
        SecretHash = [.. Enumerable.Range(0, 32).Select(i => (byte)i)],
    };
}

public sealed class MemoryTokenStoreTests : TokenStoreContract
{
    private protected override Task<ITokenStore> StoreAsync() => Task.FromResult<ITokenStore>(new MemoryTokenStore());
}

public sealed class TableTokenStoreTests : TokenStoreContract
{
    private protected override async Task<ITokenStore> StoreAsync() => new TableTokenStore(await TestStorage.NewAccountAsync());
}
